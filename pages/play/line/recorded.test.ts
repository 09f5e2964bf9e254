import { expect, test } from 'vitest';
import { append, type Config, defineConfig } from '../../../server/package/server.ts';
import { testChat } from '../../../server/testing/test-chat.ts';
import { compiled } from '../code/compiled.ts';
import handOff from '../starts/hand-off.ts';
import { recordedTest } from './recorded.ts';

/** Runs a test as a team would: the file's text, beside its configuration. */
async function runs(text: string, config: Config): Promise<void> {
  const made = compiled(text);
  if ('fault' in made) throw new Error(made.fault.message);
  let written: (() => Promise<void>) | undefined;
  const beside: Readonly<Record<string, object>> = {
    'befriend/testing': { testChat },
    './befriend.config.ts': { __esModule: true, default: config },
    vitest: {
      test: (_: string, body: () => Promise<void>) => {
        written = body;
      },
    },
  };
  new Function('require', 'exports', made.js)((name: string) => beside[name], {});
  if (written === undefined) throw new Error('The file holds no test.');
  await written();
}

const people = ['Ann', 'Bob', 'Kim'].map((name) => ({ id: name.toLowerCase(), name, isColleague: name === 'Kim' }));

const helping = defineConfig({
  setup(friend) {
    friend.after('message:text', { by: 'person' }, ({ fact }) => {
      const replies = [{ id: 'back', label: 'Send it back' }];
      return [append(fact.log, 'message.sent', { text: "What's wrong?", extras: { replies } }, { item: true })];
    });
  },
});

test('writes a test of what was said, heard and chosen, and of the time that passed', async () => {
  await using chat = await testChat(helping);
  const { Ann, Bob } = chat.people('Ann', 'Bob');
  await Bob.arrives();
  await Ann.says('Help');
  await Ann.hears("What's wrong?");
  await chat.later('1h');
  await Ann.chooses('Send it back');

  const text = recordedTest(chat.trace.all, people, 'room:lobby');

  expect(text.split('\n').map((line) => line.trim())).toEqual(
    expect.arrayContaining([
      "import { testChat } from 'befriend/testing';",
      "await using chat = await testChat(config, { conversation: 'room:lobby' });",
      "const ann = chat.person('Ann');",
      "await ann.says('Help');",
      "await bob.hears('Help');",
      "await ann.hears('What\\'s wrong?');",
      "await chat.later('60 minutes');",
      "await ann.chooses('Send it back');",
    ]),
  );
  expect(text).not.toContain('kim');
});

test('writes a test that passes on the same logic, and fails on another', async () => {
  await using chat = await testChat(helping);
  const { Ann, Bob } = chat.people('Ann', 'Bob');
  await Bob.arrives();
  await Ann.says('Help');
  await Ann.hears("What's wrong?");

  const text = recordedTest(chat.trace.all, people, 'room:lobby');

  await expect(runs(text, helping)).resolves.toBeUndefined();
  await expect(runs(text, defineConfig({}))).rejects.toThrow(/to hear/);
});

test('writes down what a colleague answers, in the conversation that he has heard of', async () => {
  await using chat = await testChat(handOff, { conversation: 'support' });
  const kim = chat.colleague('Kim');
  const ann = chat.person('Ann');
  await kim.arrives();
  await ann.says('human');
  const { conversation } = await kim.hears('human');
  await kim.opens(conversation);
  await kim.says('Here I am.');
  await ann.hears('Here I am.');

  const text = recordedTest(chat.trace.all, people, 'support');

  expect(text).toContain("const { conversation } = await kim.hears('human');");
  expect(text).toContain("await kim.opens(conversation);\n  await kim.says('Here I am.');");
  await expect(runs(text, handOff)).resolves.toBeUndefined();
});
