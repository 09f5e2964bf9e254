import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, Stage, type StageOptions } from '../bin/contract-stage.ts';
import { append, ignore, refuse, send } from './effect.ts';
import type { StanzaTree } from './ports.ts';
import type { OpenRule } from './rule.ts';
import { errorOf } from './stanzas.ts';

const address = 'friend.example.com';
const from = 'x@elsewhere.example/r';
const puppet = `u_1@${address}`;

function stanza(name: string, attrs: Record<string, string> = {}, ...children: (StanzaTree | string)[]): StanzaTree {
  return { name, attrs: { from, to: puppet, id: 's1', ...attrs }, children };
}

const body: StanzaTree = { name: 'body', attrs: {}, children: ['hello'] };
const query: StanzaTree = { name: 'query', attrs: { xmlns: 'urn:example' }, children: [] };

/** Hands stanzas to the friend and waits until all are decided. */
async function takes(stage: Stage, ...stanzas: readonly StanzaTree[]): Promise<readonly StanzaTree[]> {
  const before = stage.transport.stanzas.length;
  for (const one of stanzas) stage.transport.events?.stanza(one);
  const witness = await stage.person('witness');
  await witness.quiet();
  return stage.transport.stanzas.slice(before);
}

const all = (rule: OpenRule<'*'>): StageOptions => ({
  prepare: (friend) => friend.on('*', rule),
});

describe('a stanza that nobody knows', () => {
  test.each([
    ['get', 'error'],
    ['set', 'error'],
    ['nonsense', 'error'],
  ])('is answered with an error where it is a request: %s', async (type, answered) => {
    const stage = await Stage.open();

    const [answer, ...more] = await takes(stage, stanza('iq', { type }, query));

    expect(more).toEqual([]);
    expect(answer).toEqual(errorOf(stanza('iq'), 'unknown_type'));
    expect(answer?.attrs).toEqual({ from: puppet, to: from, id: 's1', type: answered });
    expect(stage.friend.meter.of('ignored')).toBe(1);
  });

  test('tells a person that his message reached nobody', async () => {
    const stage = await Stage.open();

    const answers = await takes(stage, stanza('message', { type: 'chat' }, body), stanza('message', {}, body));

    expect(answers.map(({ name, attrs }) => `${name} ${attrs.type}`)).toEqual(['message error', 'message error']);
  });

  test.each([
    stanza('iq', { type: 'result' }),
    stanza('iq', { type: 'error' }, body),
    stanza('message', { type: 'error' }, body),
    stanza('message', { type: 'headline' }, body),
    stanza('message', { type: 'groupchat' }, body),
    stanza('message', { type: 'chat' }),
    stanza('presence', { type: 'unsubscribe' }),
    stanza('', { type: 'get' }),
    stanza('banana'),
  ])('is counted and not answered where an answer would be no use: %j', async (one) => {
    const stage = await Stage.open();

    const answers = await takes(stage, one);

    expect(answers.filter(({ name }) => name === 'message')).toEqual([]);
    expect(stage.friend.meter.of('ignored')).toBe(1);
  });

  test('is refused where it was too much', async () => {
    const stage = await Stage.open();
    stage.transport.events?.stanza(stanza('iq', { type: 'set' }), 'too_large');

    const [answer] = stage.transport.stanzas;

    expect(answer).toEqual(errorOf(stanza('iq'), 'too_large'));
    expect(stage.friend.meter.of('refused')).toBe(1);
  });

  test('says nothing and counts nothing where it is directed presence', async () => {
    const stage = await Stage.open();

    const answers = await takes(stage, stanza('presence', { to: address }));

    expect(answers).toEqual([]);
    expect(stage.friend.meter.of('ignored')).toBe(0);
  });
});

describe('the rule for all', () => {
  test('gets every stanza that nobody knows, with its address and what it holds', async () => {
    const got: unknown[] = [];
    const stage = await Stage.open(
      all(({ action, jid, user }) => {
        got.push([action.type, action.body, jid, user]);
        return [ignore('looked at')];
      }),
    );
    const stanzas = [
      stanza('message', {}, body),
      stanza('presence', { type: 'probe' }),
      stanza('iq', { type: 'set' }, query),
    ];

    await takes(stage, ...stanzas);

    expect(got).toEqual(stanzas.map((one) => [`stanza.${one.name}`, one, from, undefined]));
    expect(stage.friend.meter.of('ignored')).toBe(3);
  });

  test('answers with a stanza, of which it gives only what is its own', async () => {
    const stage = await Stage.open(all(() => [send('iq', { type: 'result' }, query)]));

    const answers = await takes(stage, stanza('iq', { type: 'get' }, query));

    expect(answers).toEqual([
      { name: 'iq', attrs: { from: puppet, to: from, id: 's1', type: 'result' }, children: [query] },
    ]);
  });

  test('sends a stanza to whom it likes', async () => {
    const to = 'kim@example.com';
    const stage = await Stage.open(all(() => [send('message', { to, from: address, type: 'chat' }, body)]));

    const answers = await takes(stage, stanza('message', {}, body));

    expect(answers).toEqual([{ name: 'message', attrs: { from: address, to, type: 'chat' }, children: [body] }]);
  });

  test('stores facts: a request that it says nothing to is answered with an empty result after that', async () => {
    const log = 'c_room_lobby';
    const stage = await Stage.open(all(() => [append(log, 'parcel.seen', {})]));

    const answers = await takes(stage, stanza('iq', { type: 'set' }, query));

    expect(answers.map(({ attrs, children }) => [attrs.type, children])).toEqual([['result', []]]);
    expect(await stage.store.page({ log, limit: 9 })).toMatchObject([{ type: 'parcel.seen', by: 'friend' }]);
  });

  test.each([
    ['refuses', () => [refuse('not_found')], 'item-not-found'],
    ['is busy', () => [refuse('busy')], 'resource-constraint'],
    ['ignores', () => [ignore('no')], 'service-unavailable'],
    ['returns nothing', () => [], 'service-unavailable'],
    [
      'throws',
      () => {
        throw new Error('bad day');
      },
      'internal-server-error',
    ],
    ['writes what is no stanza', () => [send('iq', { 'a b': '' })], undefined],
  ])('answers a request with an error where it %s', async (_what, rule, condition) => {
    const stage = await Stage.open(all(rule));

    const [answer] = await takes(stage, stanza('iq', { type: 'get' }, query));

    const error = answer?.children[0] as StanzaTree | undefined;
    expect((error?.children[0] as StanzaTree | undefined)?.name).toBe(condition);
  });

  test('gets types of JSON that nobody knows, from people it knows', async () => {
    const stage = await Stage.open(all(({ user, action }) => [append(user?.id ?? '', 'echo', { of: action.body })]));
    const [ann, stranger] = [await stage.person('ann'), stage.device('stranger')];

    const [echo] = await ann.answers(ann.action('order.ship', { parcel: 6 }));
    const [early] = await stranger.answers(stranger.action('order.ship', { parcel: 6 }));

    expect(echo).toMatchObject({ type: 'echo', log: ann.user, body: { of: { parcel: 6 } } });
    expect(codeOf(early)).toBe('not_open');
  });

  test('never opens what is meant for programs, nor believes a stanza that came in JSON', async () => {
    const stage = await Stage.open(all(() => [ignore('all')]));
    const ann = await stage.person('ann');
    const forged = ['stage.sync', 'account.open', 'account.sent', 'stanza.iq', 'stanza.ping', 'stanza.anything', '*'];

    const answers = await ann.answers(...forged.map((type) => ann.action(type, stanza('iq'))));

    expect(answers.map(codeOf)).toEqual(forged.map(() => 'unknown_type'));
  });

  test('stands behind the middleware, which may answer in its place', async () => {
    const stage = await Stage.open({
      prepare: (friend) => {
        friend.on('*', () => [ignore('all')]);
        friend.use(async ({ action }, next) =>
          action.type === 'stanza.iq' ? [send('iq', { type: 'result' })] : next(),
        );
      },
    });

    const [answer] = await takes(stage, stanza('iq', { type: 'get' }, query));

    expect(answer?.attrs.type).toBe('result');
  });
});

const anyText = fc.string({ unit: 'binary', maxLength: 20 });
const anyTree = fc.letrec<{ tree: StanzaTree }>((tie) => ({
  tree: fc.record({
    name: fc.oneof(fc.constantFrom('message', 'presence', 'iq', 'body', 'query', 'error', '__proto__'), anyText),
    attrs: fc.dictionary(fc.oneof(fc.constantFrom('from', 'to', 'type', 'id', 'xmlns', '__proto__'), anyText), anyText),
    children: fc.array(fc.oneof({ depthSize: 'small' }, anyText, tie('tree')), { maxLength: 4 }),
  }),
})).tree;

test('survives whatever arrives, and answers each request at most once', async () => {
  const stage = await Stage.open();

  await fc.assert(
    fc.asyncProperty(fc.array(anyTree, { maxLength: 5 }), async (stanzas) => {
      const failures = stage.friend.meter.of('failed');
      const before = stage.transport.stanzas.length;
      for (const one of stanzas) stage.transport.events?.stanza(one);
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));

      expect(stage.friend.meter.of('failed')).toBe(failures);
      expect(stage.transport.stanzas.length - before).toBeLessThanOrEqual(stanzas.length);
      expect(stage.log.lines.filter((line) => line.includes('"error"'))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
