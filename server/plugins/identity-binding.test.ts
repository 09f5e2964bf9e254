import { expect, test } from 'vitest';
import { identify, opens, signingStage, userIn } from '../bin/contract-identity.ts';
import { codeOf, secretOf, textsOf } from '../bin/contract-stage.ts';

test('makes a visitor the user that a token names, with his history and his own words', async () => {
  const stage = await signingStage();
  const colleague = await stage.colleague('carla');
  const ann = await stage.named('ann', 'Viktor');
  await ann.says('support', 'Who am I?');
  const visitor = ann.user;

  const identified = await identify(ann, 'ann@shop', 'new', { name: 'Ann', avatar: 'https://shop.example/ann.png' });
  const opened = await opens(ann, 'new');
  const support = await ann.ask('conversation.open', { conversation: 'support' });
  await ann.says('support', 'It is me.');
  await colleague.quiet();

  const person = { name: 'Ann', kind: 'user', verified: true, avatar: 'https://shop.example/ann.png' };
  expect(identified).toMatchObject({ type: 'user.identified', body: { user: person } });
  expect(opened).toMatchObject({ type: 'connection.opened', body: { user: person } });
  const own = ann.told.filter((fact) => fact.type === 'message.sent' && fact.by === userIn(opened));
  expect(textsOf(own)).toEqual(['Who am I?', 'It is me.']);
  const log = `c_support_${visitor.slice(2)}`;
  expect(support).toMatchObject({ body: { conversation: { id: log, member: true, people: [] } } });
  expect(colleague.facts(log).map(({ type, by }) => `${type} ${by === visitor ? 'visitor' : 'Ann'}`)).toEqual([
    'conversation.created visitor',
    'member.joined visitor',
    'message.sent visitor',
    'member.left Ann',
    'member.joined Ann',
    'message.sent Ann',
  ]);
  expect(await stage.store.user(visitor)).toMatchObject({ kind: 'visitor', mergedInto: userIn(opened) });
});

test('shows a second browser the conversation that the first one brought along', async () => {
  const stage = await signingStage();
  const [first, second] = [await stage.person('first'), await stage.person('second')];
  await identify(second, 'ann', 'second new');
  await opens(second, 'second new');
  await second.says('support', 'From my own device');
  stage.clock.advance(1);
  await first.says('support', 'As a visitor');

  await identify(first, 'ann', 'first new');
  const hello = await second.heard(({ type }) => type === 'friend.hello');
  const [one, two] = [
    await first.ask('conversation.open', { conversation: 'support' }),
    await second.ask('conversation.open', { conversation: 'support' }),
  ];
  const list = await second.ask('conversation.list', {});

  expect(hello).toBeDefined();
  expect(one).toMatchObject({ body: { conversation: { line: { text: 'As a visitor' } } } });
  expect((two.body as { conversation: { id: string } }).conversation.id).toBe(`c_support_${first.user.slice(2)}`);
  expect(list).toMatchObject({
    body: { conversations: [{ line: { text: 'As a visitor' } }, { line: { text: 'From my own device' } }] },
  });
});

test('makes one user of the visitors of two devices that one person signs in on, and two of two', async () => {
  const stage = await signingStage();
  const [first, second, other] = [await stage.person('1'), await stage.person('2'), await stage.person('3')];
  for (const device of [first, second, other]) await device.says('support', 'Hello');

  const users = [
    userIn(await identify(first, 'ann', 'new 1')),
    userIn(await identify(second, 'ann', 'new 2')),
    userIn(await identify(other, 'bob', 'new 3')),
  ];

  expect(users[0]).toBe(users[1]);
  expect(users[2]).not.toBe(users[0]);
  const rows = await Promise.all([first, second, other].map(({ user }) => stage.store.user(user)));
  expect(rows.map((row) => row?.mergedInto)).toEqual(users);
});

test('never makes one of two known users: the device moves, and what was said stays where it was', async () => {
  const stage = await signingStage();
  const device = await stage.person('shared');
  const ann = userIn(await identify(device, 'ann', 'of ann'));
  await opens(device, 'of ann');
  await device.says('support', 'A secret of Ann');

  const bob = userIn(await identify(device, 'bob', 'of bob'));
  await opens(device, 'of bob');
  const list = await device.ask('conversation.list', {});
  const look = await device.ask('conversation.open', { conversation: `c_support_${ann.slice(2)}` });

  expect(bob).not.toBe(ann);
  expect(list).toMatchObject({ body: { conversations: [] } });
  expect(codeOf(look)).toBe('not_found');
  expect((await stage.store.user(ann))?.mergedInto).toBeUndefined();
});

test('leaves a colleague who signs in what he is', async () => {
  const stage = await signingStage();
  const carla = await stage.colleague('carla');

  const identified = await identify(carla, 'carla', 'new');

  expect(userIn(identified)).not.toBe(carla.user);
  expect(await stage.store.user(carla.user)).toMatchObject({ kind: 'colleague' });
  expect((await stage.store.user(carla.user))?.mergedInto).toBeUndefined();
});

test('knows a message again that was sent before signing in, and answers with it', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  const message = ann.message('support', 'Was this stored?');
  const [stored] = await ann.answers(message);

  const user = userIn(await identify(ann, 'ann', 'new'));
  await opens(ann, 'new');
  const [again] = await ann.answers(message);

  expect(again).toMatchObject({ type: 'message.sent', log: stored?.log, seq: stored?.seq, by: user, re: message.id });
  expect((await stage.store.log(stored?.log ?? ''))?.lastSeq).toBe(5);
});

test('takes the old secret until the new one was seen, and not after it', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  const user = userIn(await identify(ann, 'ann', 'new'));

  const before = await opens(stage.device('by the old one'), 'ann');
  const seen = await opens(ann, 'new');
  const after = await opens(stage.device('too late'), 'ann');

  expect([before, seen].map(userIn)).toEqual([user, user]);
  expect(after).toMatchObject({ body: { code: 'not_found', detail: 'this device was signed out' } });
});

test('ends what was opened by the old secret when the new one is seen', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  await identify(ann, 'ann', 'new');
  const stray = stage.device('stray');
  await opens(stray, 'ann');

  await opens(ann, 'new');
  const refused = await stray.says('support', 'Am I still Ann?');

  expect(codeOf(refused)).toBe('not_open');
  expect(stray.told.map(({ type }) => type)).toContain('friend.hello');
  expect(codeOf(await ann.says('support', 'I am'))).toBe('message.sent');
});

test('lets the other tabs of the device open again, and takes nothing of them as a visitor', async () => {
  const stage = await signingStage();
  const [ann, tab] = [await stage.person('ann'), stage.device('tab', secretOf('ann'))];
  await tab.open();
  await tab.says('support', 'Before');

  const [, late] = await Promise.all([identify(ann, 'ann', 'new'), tab.says('support', 'Under way')]);
  const refused = await tab.says('support', 'After');
  const opened = await opens(tab, 'new');

  expect(tab.told.map(({ type }) => type)).toContain('friend.hello');
  expect(['message.sent', 'not_open']).toContain(codeOf(late));
  expect(codeOf(refused)).toBe('not_open');
  expect(opened).toMatchObject({ body: { user: { kind: 'user' } } });
});

test('decides again what a visitor had under way when he signed in', async () => {
  let hold: Promise<unknown> = Promise.resolve();
  const stage = await signingStage({
    prepare: (friend) =>
      friend.use(async ({ action, attempt }, next) => {
        const effects = await next();
        if (action.type === 'message.send' && attempt === 1) await hold;
        return effects;
      }),
  });
  const [ann, tab] = [await stage.person('ann'), stage.device('tab', secretOf('ann'))];
  await tab.open();
  await ann.says('support', 'Hello');
  let go: (value?: unknown) => void = () => undefined;
  hold = new Promise((resolve) => {
    go = resolve;
  });

  const late = tab.says('support', 'As a visitor');
  await identify(ann, 'ann', 'new');
  go();

  expect(codeOf(await late)).toBe('not_open');
  const log = `c_support_${ann.user.slice(2)}`;
  const facts = await stage.store.page({ log, limit: 9 });
  expect(facts.filter(({ type }) => type === 'message.sent')).toHaveLength(1);
});

test('answers once more whom the first answer has not reached', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  const first = await identify(ann, 'ann', 'new');
  const again = stage.device('new stream');
  await opens(again, 'ann');

  const answer = await again.ask('user.identify', { token: 'bad.by.now', secret: secretOf('new') });

  expect(answer).toMatchObject({ type: 'user.identified', body: first.body });
});

test('signs in who was never a visitor, without making one', async () => {
  const stage = await signingStage({ newUsers: { perSecond: 1, burst: 1 } });
  const known = await stage.person('known');
  const ann = stage.device('ann');

  const identified = await identify(ann, 'ann', 'ann');
  const opened = await ann.open();

  expect(identified).toMatchObject({
    type: 'user.identified',
    body: { user: { name: expect.stringMatching(/^Guest/) } },
  });
  expect(userIn(opened)).toBe(userIn(identified));
  expect(ann.told.map(({ type }) => type)).toContain('friend.hello');
  expect(known.user).not.toBe(ann.user);
});

test('makes a colleague of whom the site signs as one, and takes it back with the next token that does not', async () => {
  const stage = await signingStage();
  const [kim, visitor] = [await stage.person('kim'), await stage.person('visitor')];
  const person = { name: 'Kim', kind: 'colleague', verified: true };

  const appointed = await identify(kim, 'kim', 'new', { name: 'Kim', role: 'colleague' });
  await opens(kim, 'new');
  await visitor.says('support', 'Is anybody there?');
  await kim.quiet();
  const dismissed = await identify(kim, 'kim', 'new', { name: 'Kim' });
  await opens(kim, 'new');
  await visitor.says('support', 'And now?');
  await kim.quiet();

  expect(appointed).toMatchObject({ type: 'user.identified', body: { user: person } });
  expect(dismissed).toMatchObject({ type: 'user.identified', body: { user: { ...person, kind: 'user' } } });
  expect(textsOf(kim.told)).toContain('Is anybody there?');
  expect(textsOf(kim.told)).not.toContain('And now?');
});

test('leaves a colleague by invite what he is, whatever a token does not say', async () => {
  const stage = await signingStage();
  const ann = await stage.person('ann');
  const user = userIn(await identify(ann, 'ann', 'new', { name: 'Ann' }));
  await opens(ann, 'new');
  await ann.ask('invite.accept', { token: await stage.invite('one') });

  await identify(ann, 'ann', 'new', { name: 'Ann Smith' });

  expect(await stage.store.user(user)).toMatchObject({ name: 'Ann Smith', kind: 'colleague' });
});
