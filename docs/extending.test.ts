import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { composeFriend } from '../server/bin/compose.ts';
import { codeOf, Stage } from '../server/bin/contract-stage.ts';
import type { AskAnswered } from '../server/core/asks.ts';
import { definePlugin } from '../server/core/define-plugin.ts';
import { append, ask, ignore, refuse, send } from '../server/core/effect.ts';
import { defineEvents } from '../server/core/events.ts';
import { Friend } from '../server/core/friend.ts';
import type { Plugin } from '../server/core/plugin.ts';
import type { Store } from '../server/core/store.ts';
import { defineConfig } from '../server/package/config.ts';
import { memoryStore } from '../server/stores/memory.ts';

// What stands between "example" and "end" is quoted by the documents, word for word.

function withRuleAndReaction(friend: Friend): void {
  // example
  // A rule decides what an action comes to. It reads the store and nothing else.
  friend.on('order.ship', ({ action, user }) => [append(user.id, 'order.shipped', { order: action.body })]);

  // A reaction runs once the fact is on disk. It may fetch, and its effects are stored once.
  friend.after('message.sent', async ({ fact }) => {
    if (fact.body.text !== 'Are you open?') return [];
    return [append(fact.log, 'message.sent', { text: await openingHours() }, { item: true })];
  });
  // end
}

function withOffers(friend: Friend): void {
  // example
  // Whoever asks for help may choose; the answer is the id of what he chose.
  friend.after('message.sent', ({ fact }) => {
    if (fact.body.text !== 'Help') return [];
    const replies = [
      { id: 'parcel', label: 'Where is my parcel?' },
      { id: 'return', label: 'I send something back' },
    ];
    return [append(fact.log, 'message.sent', { text: 'What is it about?', extras: { replies } }, { item: true })];
  });

  friend.after('message.answered', ({ fact }) => {
    if (fact.body.choice !== 'return') return [];
    const form = { fields: [{ id: 'order', label: 'Number of the order', kind: 'number', required: true }] };
    return [append(fact.log, 'message.sent', { text: 'Which order is it?', extras: { form } }, { item: true })];
  });
  // end
}

// example
const events = defineEvents({
  actions: { 'order.track': v.strictObject({ parcel: v.pipe(v.number(), v.integer()) }) },
  facts: { 'order.tracked': v.object({ parcel: v.number(), place: v.string() }) },
});

const tracking = defineConfig({
  events,
  setup(friend) {
    friend.on('order.track', ({ action, user }) => [
      events.append(user.id, 'order.tracked', { parcel: action.body.parcel, place: 'Ulm' }),
    ]);
  },
});
// end

// example
const hours = defineConfig({
  setup(friend) {
    friend.after('message:text', { in: 'support', by: 'visitor' }, ({ fact, author }) =>
      /open/i.test(fact.body.text)
        ? [append(fact.log, 'message.sent', { text: `From nine to five, ${author.name}.` }, { item: true })]
        : [],
    );
  },
});
// end

function withFilters(friend: Friend): void {
  // example
  // In groups, visitors say nothing about casinos; all else is decided as before.
  friend.on('message.send', { in: 'group', by: 'visitor' }, ({ action }, next) =>
    /casino/i.test(action.body.text) ? [refuse('not_found')] : next(),
  );
  // end
}

function withLatest(friend: Friend): void {
  // example
  // Who writes on before the answer is there gets an answer to his last words alone.
  friend.after(
    'message:text',
    { by: 'visitor' },
    async ({ fact, fetch }) => {
      const { text } = await fetch(`https://answers.example/?q=${encodeURIComponent(fact.body.text)}`);
      return [append(fact.log, 'message.sent', { text }, { item: true })];
    },
    { name: 'answers', concurrency: 'latest' },
  );
  // end
}

function withQuestion(friend: Friend): void {
  // example
  friend.after('message:text', { by: 'visitor' }, ({ fact, now }) => {
    if (fact.body.text !== 'Shoes') return [];
    const replies = [{ id: 'small', label: 'Small' }];
    const more = { then: 'size.answered', data: { item: 'shoes' }, until: now + 3_600_000, in: fact.log };
    return [ask(fact.by, { text: 'Which size?', replies, orText: true }, more)];
  });

  friend.on('size.answered', ({ action }) => {
    const { conversation, data, answer } = action.body as AskAnswered<{ item: string }>;
    const size = 'choice' in answer ? answer.choice : 'text' in answer ? answer.text : 'any size';
    return [append(conversation, 'message.sent', { text: `${data.item}, ${size}` }, { item: true, by: 'friend' })];
  });
  // end
}

// example
const visits = definePlugin({
  name: 'visits',
  config: v.strictObject({ greeting: v.string() }),
  install(host, { greeting }) {
    const count = host.state.user('count', { version: 1, schema: v.number() });
    host.after('message:text', { by: 'visitor' }, async ({ fact, read }) => {
      const before = (await count.get(read, fact.by)) ?? 0;
      const text = `${greeting} You have written ${before + 1} times.`;
      return [
        await count.change(read, fact.by, () => before + 1),
        append(fact.log, 'message.sent', { text }, { item: true }),
      ];
    });
  },
});
// end

function withOwnType(friend: Friend): void {
  // example
  // Shapes that do not fit are refused before the rule runs, and `action.body` has the type that the schema says.
  friend.on('order.track', ({ action, user }) => [append(user.id, 'order.tracked', { parcel: action.body.parcel })], {
    schema: v.strictObject({ parcel: v.pipe(v.number(), v.integer()) }),
  });
  // end
}

function withTheRest(friend: Friend): void {
  // example
  // Whatever no other rule takes: types of JSON that nobody knows, and every stanza that is not understood.
  friend.on('*', ({ action }) => {
    if (action.type !== 'stanza.iq') return [ignore('nothing of ours')];
    return [send('iq', { type: 'result' }, { name: 'weather', attrs: { xmlns: 'urn:example' }, children: ['fair'] })];
  });
  // end
}

function withCard(friend: Friend): void {
  // example
  friend.after('message.sent', ({ fact }) => {
    if (!/^order 7$/i.test(fact.body.text)) return [];
    const custom = { type: 'order.card', data: { number: 7, state: 'sent' } };
    return [append(fact.log, 'message.sent', { text: 'Your order 7 was sent.', extras: { custom } }, { item: true })];
  });
  // end
}

function withMiddleware(friend: Friend): void {
  // example
  friend.use(async ({ action }, next) => {
    const { text = '' } = action.body as { text?: string };
    return /casino/i.test(text) ? [refuse('not_found', { detail: 'this was taken for spam' })] : next();
  });
  // end
}

// example
function parcels(): Plugin {
  return {
    name: 'parcels',
    needs: ['conversations'],
    install(host) {
      host.on('order.ship', ({ action, user }) => [append(user.id, 'order.shipped', { order: action.body })]);
      host.after('order.shipped', ({ fact }) => {
        host.log.info('An order was shipped', { log: fact.log, seq: fact.seq });
        return [];
      });
    },
  };
}
// end

const user = 'u_0123456789abcdefghjk';
let store: Store;

beforeEach(() => {
  store = memoryStore();
});

afterEach(() => store.close());

test('stores what the rule says, and answers with it', async () => {
  const friend = await started(withRuleAndReaction);

  const answer = await friend.inject(user, actionOf(1, 'order.ship', { parcel: 7 }));

  expect(answer).toMatchObject({ type: 'order.shipped', by: user, body: { order: { parcel: 7 } } });
  expect(await store.page({ log: user, limit: 9 })).toMatchObject([{ type: 'order.shipped', seq: 1, by: user }]);
});

test('stores what the reaction says, once the message is stored', async () => {
  const friend = await started(withRuleAndReaction);

  await friend.inject(user, actionOf(1, 'message.send', { conversation: 'room:lobby', text: 'Are you open?' }));
  await expect.poll(() => store.page({ log: 'c_room_lobby', limit: 9 })).toHaveLength(4);

  const [, , asked, answered] = await store.page({ log: 'c_room_lobby', limit: 9 });
  expect(asked).toMatchObject({ type: 'message.sent', by: user });
  expect(answered).toMatchObject({ type: 'message.sent', by: 'friend', body: '{"text":"From nine to five."}' });
});

test('offers what the reaction says, and goes on with what was chosen', async () => {
  const friend = await started(withOffers);
  const room = 'c_room_lobby';

  await friend.inject(user, actionOf(1, 'message.send', { conversation: 'room:lobby', text: 'Help' }));
  await expect.poll(() => store.page({ log: room, limit: 9 })).toHaveLength(4);
  const answer = await friend.inject(
    user,
    actionOf(2, 'message.answer', { conversation: room, seq: 4, choice: 'return' }),
  );
  await expect.poll(() => store.page({ log: room, limit: 9 })).toHaveLength(6);
  const filled = await friend.inject(
    user,
    actionOf(3, 'message.answer', { conversation: room, seq: 6, values: { order: 7 } }),
  );

  expect(answer).toMatchObject({ type: 'message.answered', by: user, body: { of: 4, choice: 'return' } });
  expect(filled).toMatchObject({ type: 'message.answered', body: { of: 6, values: { order: 7 } } });
});

test('stores what a reaction says in the team’s own way, beside words for everybody', async () => {
  const friend = await started(withCard);

  await friend.inject(user, actionOf(1, 'message.send', { conversation: 'room:lobby', text: 'Order 7' }));

  await expect.poll(() => store.page({ log: 'c_room_lobby', limit: 9 })).toHaveLength(4);
  const [, , , told] = await store.page({ log: 'c_room_lobby', limit: 9 });
  expect(JSON.parse(told?.body ?? '')).toEqual({
    text: 'Your order 7 was sent.',
    extras: { custom: { type: 'order.card', data: { number: 7, state: 'sent' } } },
  });
});

test('refuses what the middleware refuses, and stores nothing of it', async () => {
  const friend = await started(withMiddleware);

  const bad = await friend.inject(user, actionOf(1, 'message.send', { conversation: 'room:lobby', text: 'CASINO!' }));
  await friend.inject(user, actionOf(2, 'message.send', { conversation: 'room:lobby', text: 'Hello' }));

  const stored = await store.page({ log: 'c_room_lobby', limit: 9 });
  expect(bad).toMatchObject({ type: 'error', body: { code: 'not_found', detail: 'this was taken for spam' } });
  expect(stored.at(-1)).toMatchObject({ type: 'message.sent', seq: 3, body: '{"text":"Hello"}' });
});

test('installs a plugin after those that it needs', async () => {
  const friend = await started((composed) => composed.plug(parcels()));

  await friend.inject(user, actionOf(1, 'order.ship', {}));

  expect(await store.page({ log: user, limit: 9 })).toMatchObject([{ type: 'order.shipped' }]);
});

test('takes a type of its own from the network, and refuses what does not fit its schema', async () => {
  const stage = await Stage.open({ prepare: withOwnType });
  const ann = await stage.person('ann');

  const answers = await ann.answers(
    ann.action('order.track', { parcel: 7 }),
    ann.action('order.track', { parcel: 'seven' }),
  );

  expect(answers[0]).toMatchObject({ type: 'order.tracked', by: ann.user, body: { parcel: 7 } });
  expect(codeOf(answers[1])).toBe('schema');
});

test('answers a stanza that nobody else knows, and ignores what is none', async () => {
  const stage = await Stage.open({ prepare: withTheRest });
  const ann = await stage.person('ann');
  const attrs = { from: 'kim@example.com/x', to: 'friend.example.com', type: 'get', id: 'q' };

  stage.transport.events?.stanza({ name: 'iq', attrs, children: [] });
  const [answer] = await ann.answers(ann.action('weather.ask', {}));

  expect(stage.transport.stanzas).toMatchObject([
    { attrs: { id: 'q', to: attrs.from }, children: [{ name: 'weather' }] },
  ]);
  expect(answer).toMatchObject({ type: 'ack' });
});

test('answers in support by ten lines of a configuration, and nowhere else', async () => {
  const stage = await Stage.open(hours);
  const ann = await stage.person('Ann');

  await ann.says('room:lobby', 'Are you open?');
  await ann.says('support', 'Are you open?');
  const said = await ann.heard((fact) => fact.by === 'friend' && fact.type === 'message.sent');

  expect(said).toMatchObject({ log: `c_support_${ann.user.slice(2)}`, body: { text: 'From nine to five, Ann.' } });
});

test('tracks by events that were declared once', async () => {
  const stage = await Stage.open(tracking);
  const ann = await stage.person('ann');

  const [tracked] = await ann.answers(ann.action('order.track', { parcel: 7 }));

  expect(tracked).toMatchObject({ type: 'order.tracked', body: { parcel: 7, place: 'Ulm' } });
});

test('refuses by a rule for some actions alone', async () => {
  const stage = await Stage.open({ prepare: withFilters });
  const ann = await stage.person('ann');

  const answers = [await ann.says('room:lobby', 'Casino'), await ann.says('support', 'Casino')];

  expect(answers.map(codeOf)).toEqual(['not_found', 'message.sent']);
});

test('answers the last words of who writes on', async () => {
  const asked: string[] = [];
  const stage = await Stage.open({
    prepare: withLatest,
    fetch: async (url) => {
      asked.push(url);
      if (asked.length === 1) return new Promise(() => undefined);
      return { status: 200, ok: true, headers: {}, text: 'Blue', json: () => 'Blue' };
    },
  });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Which colour');
  await expect.poll(() => asked).toHaveLength(1);
  await ann.says('room:lobby', 'has the sky?');
  const said = await ann.heard((fact) => fact.by === 'friend');

  expect(said.body).toEqual({ text: 'Blue' });
});

test('asks, and goes on with the answer', async () => {
  const stage = await Stage.open({ prepare: withQuestion });
  const ann = await stage.person('ann');

  await ann.says('c_room_lobby', 'Shoes');
  await ann.heard((fact) => fact.by === 'friend');
  await ann.says('c_room_lobby', '38');
  const said = await ann.heard((fact) => fact.by === 'friend' && JSON.stringify(fact.body).includes('38'));

  expect(said.body).toEqual({ text: 'shoes, 38' });
});

test('counts by the state of a plugin', async () => {
  const stage = await Stage.open({ plugins: [visits({ greeting: 'Welcome.' })] });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'One');
  await ann.says('room:lobby', 'Two');
  const said = await ann.heard((fact) => JSON.stringify(fact.body).includes('2 times'));

  expect(said.body).toEqual({ text: 'Welcome. You have written 2 times.' });
});

test('says which plugin is missing', () => {
  const friend = new Friend(options());

  const plug = () => friend.plug(parcels());

  expect(plug).toThrow('FRIEND_PLUGIN_MISSING');
});

test.each(['docs/extending.md', 'README.md'])('quotes in %s what was run here', (path) => {
  const root = join(import.meta.dirname, '..');
  const blocks = [...readFileSync(join(root, path), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
  const source = readFileSync(import.meta.filename, 'utf8');
  const examples = [...source.matchAll(/^ *\/\/ example\n(.*?)^ *\/\/ end$/gms)].map(([, code = '']) => dedent(code));

  const foreign = blocks.filter((code) => !examples.includes(code));

  expect(foreign).toEqual([]);
  expect(blocks.length).toBeGreaterThan(0);
});

async function openingHours(): Promise<string> {
  return 'From nine to five.';
}

function options() {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return {
    transport: {
      address: 'friend.example.com',
      start: () => undefined,
      send: () => true,
      sendStanza: () => true,
      stop: async () => undefined,
    },
    store,
    clock: {
      now: () => 1_721_000_000_000,
      after: () => () => undefined,
      defer: (task: () => void) => void setImmediate(task),
    },
    random: { bytes: (count: number) => new Uint8Array(count) },
    log: silent,
    fatal: () => undefined,
  };
}

/** A friend with the shipped plugins and what `add` adds, started, with one user. */
async function started(add: (friend: Friend) => void): Promise<Friend> {
  const friend = composeFriend({ ...options(), sha256: async (text) => text });
  add(friend);
  await friend.start();
  const row = { id: user, kind: 'visitor', name: 'Ann', verified: false, topics: [] } as const;
  await store.commit([{ id: 'ann', digest: '', reads: [], appends: [], puts: [{ table: 'user', row }] }], []);
  return friend;
}

function actionOf(last: number, type: string, body: object) {
  return { id: `0190f3c0-0000-7000-8000-00000000000${last}`, type, at: 0, body };
}

function dedent(code: string): string {
  const indent = /^ */.exec(code)?.[0] ?? '';
  return code.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}
