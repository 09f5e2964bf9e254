import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { plus, readFailures, readReport, tallyOf } from './tally.ts';

test('reads the reports of vitest and of Playwright', () => {
  const vitest = written({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
  const playwright = written({ stats: { expected: 5, unexpected: 2, flaky: 1, skipped: 4 } });

  const tallies = [vitest, playwright].map(readReport);

  expect(tallies).toEqual([
    { passed: 3, failed: 1, skipped: 3 },
    { passed: 6, failed: 2, skipped: 4 },
  ]);
});

test('names what failed in the reports of vitest and of Playwright', () => {
  const tests = [
    { status: 'passed', fullName: 'keeps' },
    { status: 'failed', fullName: 'sends' },
  ];
  const vitest = written({
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: tests },
      { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
    ],
  });
  const specs = [
    { ok: true, file: 'b.spec.ts', title: 'opens' },
    { ok: false, file: 'b.spec.ts', title: 'closes' },
  ];
  const playwright = written({ suites: [{ suites: [{ specs }] }] });

  const names = [vitest, playwright].map(readFailures);

  expect(names).toEqual([['a.test.ts: sends', 'broken.test.ts'], ['b.spec.ts: closes']]);
});

test('makes nothing of a report that is missing or broken', () => {
  const files = ['/nowhere/report.json', written('half a rep')];

  const tallies = files.map(readReport);

  expect(tallies).toEqual([undefined, undefined]);
});

test('counts a crash, an error outside of every test and a run without tests as a failure', () => {
  const good = { passed: 2, failed: 0, skipped: 1 };
  const bad = { passed: 2, failed: 3, skipped: 0 };

  const tallies = [tallyOf(1, undefined), tallyOf(1, good), tallyOf(0, undefined), tallyOf(0, good), tallyOf(1, bad)];

  expect(tallies.map(({ failed }) => failed)).toEqual([1, 1, 1, 0, 3]);
});

test('adds runs up', () => {
  const sum = plus({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 });

  expect(sum).toEqual({ passed: 11, failed: 22, skipped: 33 });
});

function written(report: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'befriend-tally-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'report.json');
  writeFileSync(path, typeof report === 'string' ? report : JSON.stringify(report));
  return path;
}
