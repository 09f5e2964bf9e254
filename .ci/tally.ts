import { readFileSync } from 'node:fs';

/** What a run of tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Nothing was run. */
export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

/** The sum of two runs. */
export function plus(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/**
 * What one tool came to: the numbers of its report, and a failure more where its exit code says what the report does
 * not (a crash, an error outside of every test, no report, no test at all).
 */
export function tallyOf(code: number, report: Tally | undefined): Tally {
  const counted = report ?? nothing;
  const silent = counted.failed === 0 && (code !== 0 || counted.passed === 0);
  return silent ? { ...counted, failed: 1 } : counted;
}

/** Reads the JSON report of vitest or of Playwright; undefined where there is none. */
export function readReport(path: string): Tally | undefined {
  const report = readJson(path);
  if (typeof report.numPassedTests === 'number') {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
    return {
      passed: numPassedTests,
      failed: number(numFailedTests),
      skipped: number(numPendingTests) + number(numTodoTests),
    };
  }
  const { expected, unexpected, flaky, skipped } = (report.stats ?? {}) as Record<string, unknown>;
  if (typeof expected !== 'number') return undefined;
  return { passed: expected + number(flaky), failed: number(unexpected), skipped: number(skipped) };
}

/**
 * The names of the tests that failed in the JSON report of vitest or of Playwright, each as `file: title`. What did not
 * come to a title (a suite that could not be read) is named by its file.
 */
export function readFailures(path: string): string[] {
  const report = readJson(path);
  const files = list(report.testResults).flatMap(({ name, status, assertionResults }) => {
    const failed = list(assertionResults).filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [String(name)] : [];
    return failed.map(({ fullName }) => `${name}: ${fullName}`);
  });
  return [...files, ...list(report.suites).flatMap(failedSpecs)];
}

function failedSpecs(suite: Readonly<Record<string, unknown>>): string[] {
  const own = list(suite.specs).filter(({ ok }) => ok === false);
  return [...own.map(({ file, title }) => `${file}: ${title}`), ...list(suite.suites).flatMap(failedSpecs)];
}

function list(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value : [];
}

function readJson(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
