import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { type Client, FriendUnderTest } from './contract-process.ts';
import { codeOf } from './contract-stage.ts';

let site: string;
let data: string;
let friend: FriendUnderTest | undefined;

beforeEach(() => {
  site = mkdtempSync(join(tmpdir(), 'befriend-site-'));
  data = join(site, 'data');
  for (const folder of ['data', 'node_modules']) mkdirSync(join(site, folder));
  symlinkSync(join(import.meta.dirname, '..', '..'), join(site, 'node_modules', 'befriend'));
  write('package.json', '{ "type": "module" }');
});

afterEach(async () => {
  await friend?.end('SIGKILL');
  friend = undefined;
  rmSync(site, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(site, name), text);
}

const answering = `import { append, defineConfig } from 'befriend/server';
import { words } from './words.ts';

export default defineConfig({
  setup(friend) {
    friend.after('message.sent', ({ fact }) =>
      fact.body.text === 'Are you open?' ? [append(fact.log, 'message.sent', { text: words }, { item: true })] : [],
    );
  },
});
`;

async function start(dev = false): Promise<FriendUnderTest> {
  friend = await FriendUnderTest.start(data, {}, [], { site, dev });
  return friend;
}

/** Opens again over the same stream, as a widget does when it is greeted by a friend that has started. */
async function greeted(client: Client): Promise<void> {
  while (!(await client.frame()).some(({ type }) => type === 'friend.hello'));
  await client.open('ann');
}

/** What the site's logic answers to who asks. */
async function asked(client: Client): Promise<string> {
  client.send(client.message('Are you open?'));
  for (;;) {
    const said = (await client.frame()).find(isAnswer);
    if (said?.type === 'message.sent') return said.body.text;
  }
}

function isAnswer({ type, body, re }: AnyFact): boolean {
  return type === 'message.sent' && re === undefined && (body as { text: string }).text !== 'Are you open?';
}

test('runs the logic of the folder where it is started', async () => {
  write('words.ts', `export const words: string = 'From nine to five.';`);
  write('befriend.config.ts', answering);

  const client = await (await start()).client('ann');

  expect(await asked(client)).toBe('From nine to five.');
});

test('runs the product as it is where there is none', async () => {
  const client = await (await start()).client('ann');

  expect(await client.take(client.message('Hello'))).toMatchObject({ type: 'message.sent' });
});

test.each([
  ['', 'befriend.config.ts has no default export: export default defineConfig({ … }).'],
  ['export default 7;', 'befriend.config.ts: the default export is no configuration: defineConfig({ … }).'],
  ['export default { plugin: [] };', 'befriend.config.ts: there is no "plugin". There is name, relations, roles, '],
  ['export default { plugins: [{}] };', 'befriend.config.ts: plugins has to be a list of plugins, each with a name '],
  ["\nthrow new Error('no key');", 'befriend.config.ts:2: no key'],
  ["import './words.ts';\nexport default {};", 'words.ts:2: SyntaxError: Expression expected'],
  ["import './nothing.ts';", "befriend.config.ts: Cannot find module 'nothing.ts' imported from befriend.config.ts"],
  [
    "export default {\n setup(f) {\n f.on('message.send', () => []);\n } };",
    'befriend.config.ts:3: FRIEND_RULE_TWICE: ',
  ],
])('says in one line why %j cannot be used', async (config, line) => {
  write('words.ts', 'const one = 1;\nconst two: number = ;');
  write('befriend.config.ts', config);

  const ended = await start().then(
    () => 'it started',
    (error: Error) => error.message.replace('The friend ended: ', ''),
  );

  expect(ended.trim().split('\n')).toEqual([expect.stringContaining(line)]);
});

test('says where JavaScript cannot be read', async () => {
  write('befriend.config.js', 'export default {};\nfunction (');

  const ended = start();

  await expect(ended).rejects.toThrow('befriend.config.js:2: SyntaxError: ');
});

test('says that the file which is named is not there', async () => {
  const ended = FriendUnderTest.start(data, { BEFRIEND_CONFIG: 'logic/shop.ts' }, [], { site });

  await expect(ended).rejects.toThrow('BEFRIEND_CONFIG is "logic/shop.ts"; there is no such file.');
});

test.each([
  ['words.ts:2: SyntaxError: ', `const one = 1;\nexport const words: string = ;`, answering],
  [
    'befriend.config.ts:6: FRIEND_RULE_TWICE: ',
    `export const words = '';`,
    answering.replace('friend.after', "friend.on('message.send', () => []);\n    $&"),
  ],
])(
  'says %s at its start while somebody is at work on it, and starts when that is saved',
  async (line, words, config) => {
    const said: string[] = [];
    write('words.ts', words);
    write('befriend.config.ts', config);

    const starting = FriendUnderTest.start(data, {}, [], { site, dev: true, said: (text) => said.push(text) });
    await expect.poll(() => said.join(''), { timeout: 10_000 }).toContain('Nothing runs until it is saved');
    write('words.ts', `export const words = 'At last.';`);
    write('befriend.config.ts', answering);
    friend = await starting;
    const client = await friend.client('ann');

    expect(said.join('')).toContain(line);
    expect(await asked(client)).toBe('At last.');
  },
);

test.each([
  ['befriend.config.ts:5: no key', 'async setup() {', "await null;\n    throw new Error('no key');"],
  ['befriend.config.ts:4: no key', 'setup() {', "setTimeout(() => { throw new Error('no key'); });"],
  ['befriend.config.ts: FRIEND_STARTED: ', 'setup(friend) {', 'void friend.start();'],
])(
  'says %s of what its start leads to while somebody is at work on it, and runs what is saved next',
  async (line, setup, code) => {
    const said: string[] = [];
    const wrong = `export default defineConfig({\n  ${setup}\n    ${code}\n  },\n});`;
    write('befriend.config.ts', `import { defineConfig } from 'befriend/server';\n${wrong}`);
    const starting = FriendUnderTest.start(data, {}, [], { site, dev: true, said: (text) => said.push(text) });
    await expect.poll(() => said.join(''), { timeout: 10_000 }).toContain(line);

    write('words.ts', `export const words = 'At last.';`);
    write('befriend.config.ts', answering);
    await expect.poll(() => said.join(''), { timeout: 10_000 }).toContain('befriend.config.ts was loaded again');
    friend = await starting;
    const client = await friend.client('ann');

    expect(await asked(client)).toBe('At last.');
    expect(friend.child.exitCode).toBeNull();
  },
);

test('runs what was saved, over the same connection, and goes on with the logic from before where that is broken', async () => {
  write('words.ts', `export const words = 'one';`);
  write('befriend.config.ts', answering);
  const running = await start(true);
  const client = await running.client('ann');
  const answers = [await asked(client)];

  write('words.ts', `export const words = 'two, as it was said before';`);
  await expect.poll(() => running.log, { timeout: 10_000 }).toContain('befriend.config.ts was loaded again, in ');
  await greeted(client);
  answers.push(await asked(client));
  write('words.ts', `export const words = `);
  await expect.poll(() => running.log, { timeout: 10_000 }).toContain('words.ts:1: SyntaxError: Expression expected');
  answers.push(await asked(client));
  write('words.ts', `export const words = 'three';`);
  await expect.poll(() => running.log.match(/was loaded again/g), { timeout: 10_000 }).toHaveLength(2);
  await greeted(client);
  answers.push(await asked(client));

  expect(answers).toEqual(['one', 'two, as it was said before', 'two, as it was said before', 'three']);
  expect(running.log).toContain('The logic from before goes on.');
});

test('loses nothing that is sent while the friend is changed', async () => {
  write('words.ts', `export const words = 'one';`);
  write('befriend.config.ts', answering);
  const running = await start(true);
  const client = await running.client('ann');
  const answers: AnyFact[] = [];

  write('words.ts', `export const words = 'another one';`);
  while (!running.log.includes('was loaded again')) {
    const message = client.message('Hello');
    let answer = await client.take(message);
    if (codeOf(answer) === 'not_open') {
      await client.open('ann');
      answer = await client.take(message);
    }
    answers.push(answer);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }

  const seqs = answers.map(({ seq = 0 }) => seq);
  expect(answers.map(codeOf)).toEqual(answers.map(() => 'message.sent'));
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
});

test('finds logic that is written while it runs', async () => {
  const running = await start(true);
  const client = await running.client('ann');

  write('words.ts', `export const words = 'Since now.';`);
  write('befriend.config.ts', answering);
  await expect.poll(() => running.log, { timeout: 10_000 }).toContain('was loaded again');
  await greeted(client);

  expect(await asked(client)).toBe('Since now.');
});
