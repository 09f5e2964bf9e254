import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { replay } from '../testing/replay.ts';
import { testChat } from '../testing/test-chat.ts';
import { recordIn } from './record-file.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'befriend-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('records in a new file what can be replayed', async () => {
  const folder = join(emptyFolder(), 'recordings');
  await using chat = await testChat();
  const clock = chat.stage.time;
  chat.trace.listen(recordIn(folder, { clock, log }));

  await chat.person('ann').says('Yesterday');
  await expect.poll(() => readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8')).toContain('Yesterday');
  const [file = ''] = readdirSync(folder);
  const { refused, stored } = await replay(readFileSync(join(folder, file), 'utf8'));

  expect(file).toBe('2027-01-15T08-00-00.000Z.jsonl');
  expect(refused).toEqual([]);
  expect(stored.at(-1)?.body).toContain('Yesterday');
});

test('looks at nothing more where the disk has failed', async () => {
  const folder = join(emptyFolder(), 'recordings');
  const said: string[] = [];
  const clock = { now: () => 0, after: () => () => undefined, defer: () => undefined };
  // A file of that name is there already.
  mkdirSync(folder);
  writeFileSync(join(folder, '1970-01-01T00-00-00.000Z.jsonl'), '');
  const step = recordIn(folder, { clock, log: { ...log, warn: (message) => said.push(message) } });
  await expect.poll(() => said).toEqual(['Nothing more is recorded']);

  let looks = 0;
  step({
    kind: 'told',
    at: 0,
    to: 'a@b/c',
    get frame() {
      looks += 1;
      return '';
    },
  });

  expect(looks).toBe(0);
});

test('says in one line what to do where the folder cannot be made', () => {
  const file = join(emptyFolder(), 'file');
  writeFileSync(file, '');
  const clock = { now: () => 0, after: () => () => undefined, defer: () => undefined };

  expect(() => recordIn(file, { clock, log })).toThrow(
    /^BEFRIEND_RECORD is ".*Set it to a folder that can be written\.$/,
  );
});
