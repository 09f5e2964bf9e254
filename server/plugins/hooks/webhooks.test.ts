import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  aHook,
  asked,
  Endpoint,
  passes,
  type Request,
  secret,
  still,
  telling,
  until,
} from '../../bin/contract-hooks.ts';
import { memoryStore } from '../../stores/memory.ts';

const minute = 60_000;

test('tells what was stored, signed as Standard Webhooks says, and follows no redirect', async () => {
  const { stage, endpoint } = await telling();
  const ann = await stage.person('ann');

  const said = await ann.says('room:lobby', 'Grüße 🌍');
  await until(() => endpoint.got.length === 1);

  const [{ headers, body, event, asking }] = endpoint.got as [Request];
  const place = { log: 'c_room_lobby', seq: said.seq, conversation: 'c_room_lobby' };
  expect(event).toEqual({
    id: `c_room_lobby:${said.seq}`,
    type: 'message.sent',
    at: said.at,
    by: ann.user,
    body: { text: 'Grüße 🌍' },
    ...place,
  });
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.slice(6), 'base64');
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
  expect([headers['webhook-id'], asking.method, asking.redirect]).toEqual([event.id, 'POST', 'never']);
});

test('signs with each secret while one takes the place of another', async () => {
  const next = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
  const { stage, endpoint } = await telling([aHook({ secret: [secret, next] })]);

  await (await stage.person('ann')).says('room:lobby', 'Hello');
  await until(() => endpoint.got.length === 1);

  const [{ headers, body } = { headers: {} as Readonly<Record<string, string>>, body: '' }] = endpoint.got;
  const signed = [secret, next].map((one) => {
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    return `v1,${createHmac('sha256', Buffer.from(one.slice(6), 'base64'))
      .update(content)
      .digest('base64')}`;
  });
  expect(headers['webhook-signature']?.split(' ')).toEqual(signed);
});

test('tells each webhook only the events that it names and that its where lets through', async () => {
  const endpoint = new Endpoint();
  const hooks = [
    aHook({ name: 'all', url: 'https://all.example/' }),
    aHook({
      name: 'some',
      url: 'https://some.example/',
      where: ({ body }) => /order/.test((body as { text: string }).text),
    }),
    aHook({ name: 'joins', url: 'https://joins.example/', events: ['member.joined'] }),
    aHook({
      name: 'broken',
      url: 'https://broken.example/',
      where: () => {
        throw new Error('no');
      },
    }),
  ];
  const { stage } = await telling(hooks, { endpoint });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  await ann.says('room:lobby', 'my order');
  await until(() => endpoint.got.length === 4);
  await still(stage);

  const told = endpoint.got.map(
    ({ url, event }) => `${url} ${event.type} ${(event.body as { text?: string }).text ?? ''}`,
  );
  expect(told.sort()).toEqual([
    'https://all.example/ message.sent Hello',
    'https://all.example/ message.sent my order',
    'https://joins.example/ member.joined ',
    'https://some.example/ message.sent my order',
  ]);
  expect(stage.log.lines.some((line) => line.includes('The where of a webhook failed'))).toBe(true);
});

test('delays no answer, no other conversation and no other webhook where an endpoint hangs', async () => {
  const endpoint = new Endpoint();
  endpoint.reply = ({ url, event }) => (url.includes('slow') && event.log === 'c_room_one' ? 'hangs' : { status: 200 });
  const hooks = [
    aHook({ name: 'slow', url: 'https://slow.example/' }),
    aHook({ name: 'quick', url: 'https://quick.example/' }),
  ];
  const { stage } = await telling(hooks, { endpoint });
  const ann = await stage.person('ann');

  const answers = [await ann.says('room:one', '1'), await ann.says('room:one', '2'), await ann.says('room:two', '3')];
  await until(() => endpoint.got.length === 5);
  await still(stage);

  expect(answers.map(({ type }) => type)).toEqual(Array.from({ length: 3 }, () => 'message.sent'));
  const told = (name: string) =>
    endpoint.got.filter(({ url }) => url.includes(name)).map(({ event }) => (event.body as { text: string }).text);
  expect([told('slow').sort(), told('quick').sort()]).toEqual([
    ['1', '3'],
    ['1', '2', '3'],
  ]);
});

test('tries eight times, longer apart each time, and keeps what failed as a dead letter that can be replayed', async () => {
  const { stage, endpoint } = await telling();
  endpoint.reply = () => ({ status: 500 });
  const ann = await stage.person('ann');
  await ann.says('room:lobby', 'one');

  await still(stage);
  for (const pause of [5_000, minute, 5 * minute, 30 * minute, 120 * minute, 360 * minute, 720 * minute]) {
    await passes(stage, pause * 0.79);
    const before = endpoint.got.length;
    await passes(stage, pause * 0.45);
    expect(endpoint.got.length).toBe(before + 1);
  }
  const dead = await asked(stage, 'webhook.dead', { name: 'shop' });
  endpoint.reply = () => ({ status: 200 });
  await passes(stage, 24 * 60 * minute);
  const replayed = await asked(stage, 'webhook.replay', { name: 'shop', ids: ['c_room_lobby:3'] });
  await passes(stage, 6 * minute);

  const letter = { id: 'c_room_lobby:3', log: 'c_room_lobby', seq: 3, tries: 8, why: 'answered 500' };
  expect(dead).toMatchObject({ letters: [letter] });
  expect(replayed).toMatchObject({ type: 'webhook.replayed', replayed: 1 });
  expect(endpoint.got).toHaveLength(9);
  expect(new Set(endpoint.got.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['c_room_lobby:3']));
  expect(await asked(stage, 'webhook.list', {})).toMatchObject({
    webhooks: [{ name: 'shop', pending: 0, dead: 0, failures: 0 }],
  });
});

test('gives up at once what nobody wants any more, and waits as long as it is asked to', async () => {
  const { stage, endpoint } = await telling();
  endpoint.reply = ({ event }) =>
    event.log === 'c_room_gone' ? { status: 410 } : { status: 429, headers: { 'retry-after': '600' } };
  const ann = await stage.person('ann');
  await ann.says('room:gone', 'one');
  await ann.says('room:busy', 'two');
  await still(stage);

  await passes(stage, 590_000);
  const early = endpoint.got.length;
  await passes(stage, 20_000);

  expect([early, endpoint.got.length]).toEqual([2, 3]);
  expect(await asked(stage, 'webhook.dead', { name: 'shop' })).toMatchObject({
    letters: [{ id: 'c_room_gone:3', tries: 1, why: 'answered 410' }],
  });
});

test('counts as failed what is cut, what leads elsewhere and what does not answer in time', async () => {
  const { stage, endpoint } = await telling();
  const replies = ['cut', { status: 302 }, 'hangs', { status: 204 }] as const;
  endpoint.reply = () => replies[endpoint.got.length - 1] ?? 'cut';
  await (await stage.person('ann')).says('room:lobby', 'one');

  for (const ms of [7_000, 80_000, 400_000, 400_000]) await passes(stage, ms);

  expect(endpoint.texts).toEqual(['one', 'one', 'one', 'one']);
  expect([stage.friend.meter.of('webhooks_failed'), stage.friend.meter.of('webhooks_sent')]).toEqual([3, 1]);
});

test('delivers after a crash what it had not marked, with the same id', async () => {
  const store = memoryStore();
  const lost = { ...store, commit: store.commit.bind(store) };
  const first = await telling([aHook()], {
    store: {
      ...lost,
      async commit(units, cursors) {
        // The process ends between the delivery and the mark.
        const marks = units.filter(({ puts }) =>
          puts.some((put) => put.table === 'state' && put.row.plugin === 'webhooks' && put.row.value === null),
        );
        const outcomes = await store.commit(
          units.filter((unit) => !marks.includes(unit)),
          cursors,
        );
        return [...outcomes, ...marks.map(() => ({ kind: 'stored' as const, appended: [] }))];
      },
    },
  });
  await (await first.stage.person('ann')).says('room:lobby', 'one');
  await until(() => first.endpoint.got.length === 1);
  await still(first.stage);
  await first.stage.friend.stop();

  const { endpoint } = await telling([aHook()], { store });
  await until(() => endpoint.got.length === 1);

  const ids = [first.endpoint, endpoint].map(({ got }) => got.map(({ headers }) => headers['webhook-id']));
  expect(ids).toEqual([['c_room_lobby:3'], ['c_room_lobby:3']]);
});

test('delivers a thousand events after an outage, each conversation in its order', async () => {
  const store = memoryStore();
  const { stage, endpoint } = await telling([aHook()], { store });
  endpoint.reply = () => 'cut';
  const people = await Promise.all(Array.from({ length: 20 }, (_, index) => stage.person(`p${index}`)));
  for (let round = 0; round < 25; round += 1) {
    await Promise.all(
      people.map((person, index) =>
        person.answers(
          person.message(`room:r${index}`, `${round * 2}`),
          person.message(`room:r${index}`, `${round * 2 + 1}`),
        ),
      ),
    );
  }
  await still(stage);
  const duringOutage = endpoint.got.length;

  await stage.friend.stop();
  const back = new Endpoint();
  const next = await telling([aHook()], { store, endpoint: back });
  await passes(next.stage, 10_000);
  await until(() => back.got.length >= 1_000);
  await still(next.stage);

  expect(duringOutage).toBeLessThan(50);
  expect(back.got).toHaveLength(1_000);
  const byLog = Map.groupBy(back.got, ({ event }) => event.log);
  expect(byLog.size).toBe(20);
  const inOrder = Array.from({ length: 50 }, (_, index) => String(index));
  for (const got of byLog.values())
    expect(got.map(({ event }) => (event.body as { text: string }).text)).toEqual(inOrder);
});

test('goes on with everything as soon as an endpoint that was down is up again', async () => {
  const { stage, endpoint } = await telling();
  endpoint.reply = () => ({ status: 503 });
  const ann = await stage.person('ann');
  for (let room = 0; room < 8; room += 1) await ann.says(`room:r${room}`, String(room));
  await passes(stage, 200_000);
  const tried = endpoint.got.length;
  endpoint.reply = () => ({ status: 200 });

  await passes(stage, 6 * minute);

  expect(tried).toBeGreaterThanOrEqual(5);
  expect(new Set(endpoint.texts.slice(tried)).size).toBe(8);
  expect(endpoint.got).toHaveLength(tried + 8);
});

test('makes dead letters of the oldest where too many wait', async () => {
  const { stage, endpoint } = await telling([aHook({ pending: 3 })]);
  endpoint.reply = () => 'hangs';
  const ann = await stage.person('ann');

  for (let text = 0; text < 6; text += 1) {
    await ann.says('room:lobby', String(text));
    stage.clock.advance(1);
  }
  await still(stage);

  expect(await asked(stage, 'webhook.list', {})).toMatchObject({ webhooks: [{ pending: 3, dead: 3 }] });
  const why = 'too many were waiting';
  expect(await asked(stage, 'webhook.dead', { name: 'shop' })).toMatchObject({
    letters: [4, 5, 6].map((seq) => ({ seq, why })),
  });
});

test('tells of a message that was deleted meanwhile no words', async () => {
  const { stage, endpoint } = await telling();
  endpoint.reply = () => ({ status: 500 });
  const ann = await stage.person('ann');
  const { seq = 0 } = await ann.says('room:lobby', 'a secret');
  await still(stage);
  await ann.ask('message.delete', { conversation: 'c_room_lobby', seq });
  endpoint.reply = () => ({ status: 200 });

  await passes(stage, 10_000);

  expect(endpoint.got.at(-1)?.event.body).toEqual({ text: '', deleted: true });
});
