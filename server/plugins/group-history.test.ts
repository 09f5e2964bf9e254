import { expect, test } from 'vitest';
import { asked, headOf, teaParty } from '../bin/contract-group.ts';
import { codeOf, type Device, textsOf } from '../bin/contract-stage.ts';

test('shows who comes later nothing from before, in no answer that he can get', async () => {
  const { stage, ann, bob, dan, tea } = await teaParty({ history: 'joined' });
  for (const text of ['one', 'two', 'three']) await ann.says(tea, text);
  await ann.ask('member.add', { conversation: tea, users: [dan.user] });
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });
  await dan.ask('conversation.join', { conversation: tea });
  const tab = await stage.person('bob2', bob.secret);

  const opened = await asked(bob, 'conversation.open', { conversation: tea }, 'conversation.opened');
  await bob.ask('log.read', { log: tea, after: 0 });
  await bob.ask('log.read', { log: tea, before: 5 });
  await bob.ask('log.resume', { logs: { [tea]: 1 } });
  await tab.ask('conversation.list', {});
  await ann.says(tea, 'four');
  await Promise.all([bob, dan, tab].map((one) => one.heard((fact) => textsOf([fact])[0] === 'four')));
  const listed = await asked(tab, 'conversation.list', {}, 'conversation.listed');

  const since = (device: Device): number => Math.min(...device.facts(tea).map(({ seq = 0 }) => seq));
  const first = (device: Device) => device.facts(tea).filter(({ seq }) => seq === since(device));
  for (const device of [bob, dan, tab]) expect(textsOf(device.told).filter((text) => text !== 'four')).toEqual([]);
  expect(opened.page).toMatchObject({ after: 0, more: false });
  expect(opened.conversation).toMatchObject({ unread: 0, history: 'joined' });
  expect(opened.conversation.line).toBeUndefined();
  expect(listed.conversations).toMatchObject([{ unread: 1, line: { text: 'four' } }]);
  expect([...first(bob), ...first(dan)].map(({ type, prev }) => [type, prev])).toEqual(
    Array.from({ length: first(bob).length + first(dan).length }, () => ['member.joined', 0]),
  );
});

test('shows a public group whose history is for members only by its head until one joins', async () => {
  const { ann, dan, tea } = await teaParty({ public: true, history: 'joined' });
  await ann.says(tea, 'for members');

  const head = await headOf(dan, tea);
  const refused = [
    await dan.ask('log.read', { log: tea }),
    await dan.ask('message.delete', { conversation: tea, seq: 3 }),
  ];
  await ann.says(tea, 'still for members');
  await dan.quiet();
  await dan.ask('conversation.join', { conversation: tea });
  await ann.says(tea, 'for you too');
  await dan.heard((fact) => textsOf([fact])[0] === 'for you too');

  expect(head).toMatchObject({ member: false, members: 1, unread: 0 });
  expect(head.line).toBeUndefined();
  expect(refused.map(codeOf)).toEqual(['not_found', 'not_found']);
  expect(textsOf(dan.told)).toEqual(['for you too']);
});

test('is heard by members only from the moment it is public no more', async () => {
  const { ann, bob, dan, tea } = await teaParty({ public: true });
  await bob.says(tea, 'I am in');
  await headOf(dan, tea);
  await ann.says(tea, 'open');
  await dan.heard((fact) => textsOf([fact])[0] === 'open');

  const [changed] = await ann.answers(
    ann.action('conversation.set', { conversation: tea, public: false }),
    ann.message(tea, 'closed'),
  );
  await bob.heard((fact) => textsOf([fact])[0] === 'closed');
  await dan.quiet();

  expect(changed).toMatchObject({ type: 'conversation.changed', body: { public: false } });
  expect(textsOf(dan.told)).not.toContain('closed');
  expect(bob.facts(tea).map(({ seq }) => seq)).toEqual([...new Set(bob.facts(tea).map(({ seq }) => seq))]);
});
