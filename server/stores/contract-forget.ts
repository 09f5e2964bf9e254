import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Append, Put, Store } from '../core/store.ts';
import { aMember, puts } from './contract-rows.ts';

const ann = { id: 'u_ann', kind: 'user', name: 'Ann', verified: true, topics: [] } as const;

/** Everything that can stand about somebody. */
function rowsOf(user: string): Put[] {
  const state = (scope: string, key: string): Put => ({
    table: 'state',
    row: { plugin: 'p', scope, key, value: 'x' },
  });
  const file = { id: `f_${user}`, by: user, conversation: 'c_1', name: 'a', type: 'text/plain', size: 1, at: 1 };
  const relation = (owner: string, other: string): Put => ({
    table: 'relation',
    row: { owner, other, slot: 'closeness', kind: 'contact', since: 1 },
  });
  return [
    { table: 'user', row: { ...ann, id: user } },
    { table: 'login', row: { kind: 'device', subject: `of ${user}`, user, device: 'd' } },
    { table: 'login', row: { kind: 'device', subject: `old ${user}`, user, device: 'd', revokedAt: 1 } },
    { table: 'connection', row: { jid: `${user}@x/1`, user, device: 'd', seenAt: 1 } },
    ...[relation(user, 'u_eve'), relation('u_eve', user), state(user, 'a'), state('all', user)],
    { table: 'file', row: file, expect: 'absent' },
    { table: 'schedule', row: { id: `s ${user}`, dueAt: 1, user, type: 't', body: '{}' } },
    { table: 'marker', row: { conversation: 'c_9', user, read: 4 } },
    aMember(user, { prefs: { pinned: true } }),
  ];
}

/** Lists of what there is, and the end of what stands about a person. */
export function forgetContract(make: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await make();
  });
  afterEach(() => store.close());

  async function found(user: string): Promise<unknown[]> {
    return [
      await store.login('device', `of ${user}`),
      await store.login('device', `old ${user}`),
      (await store.connections()).filter((row) => row.user === user)[0],
      (await store.relations(user, 9))[0],
      (await store.relationsTo(user, 'closeness', 9))[0],
      await store.state('p', user, 'a'),
      await store.state('p', 'all', user),
      await store.file(`f_${user}`),
      (await store.scheduled(9)).find((row) => row.user === user),
      (await store.readSeq('c_9', user)) || undefined,
      (await store.member('c_1', user))?.prefs,
      await store.user(user),
    ];
  }

  test('forgets what stands about a person, nothing of others, and his profile last', async () => {
    await store.commit([puts(...rowsOf('u_ann'), ...rowsOf('u_bob'))], []);
    const before = await found('u_ann');

    await store.commit([puts({ table: 'forget', row: { name: 'u_ann' } })], []);
    const after = await found('u_ann');
    await store.commit([puts({ table: 'forget', row: { name: 'u_ann', profile: true } })], []);

    expect(before.every((row) => row !== undefined)).toBe(true);
    expect(after).toEqual([...Array.from({ length: 11 }), { ...ann }]);
    expect(await store.user('u_ann')).toBeUndefined();
    expect(await store.member('c_1', 'u_ann')).toEqual(aMember('u_ann').row);
    expect((await found('u_bob')).every((row) => row !== undefined)).toBe(true);
  });

  test('lists rows of one scope, conversations past and present, files and former visitors by key', async () => {
    const row = (plugin: string, scope: string, key: string): Put => ({
      table: 'state',
      row: { plugin, scope, key, value: `${scope} ${key}` },
    });
    const file = (id: string, by: string): Put => ({
      table: 'file',
      row: { id, by, conversation: 'c_1', name: 'a', type: 'text/plain', size: 1, at: 1 },
      expect: 'absent',
    });
    const visitor = (id: string): Put => ({ table: 'user', row: { ...ann, id, mergedInto: 'u_ann' } });
    await store.commit(
      [
        puts(
          ...['b', 'a', 'c'].map((key) => row('p', 's', key)),
          ...[row('p', 't', 'd'), row('q', 's', 'e'), visitor('u_2'), visitor('u_1')],
          { table: 'user', row: ann },
          ...[aMember('u_ann', { conversation: 'c_2', untilSeq: 3 }), aMember('u_ann'), aMember('u_bob')],
          ...[file('f_2', 'u_ann'), file('f_1', 'u_ann'), file('f_0', 'u_bob')],
        ),
      ],
      [],
    );

    const lists = [
      await store.states('p', 's', 2),
      await store.states('p', 's', 2, 'b'),
      await store.conversationsOf('u_ann', 9),
      await store.conversationsOf('u_ann', 9, 'c_1'),
      (await store.filesBy('u_ann', 9)).map(({ id }) => id),
      (await store.filesBy('u_ann', 9, 'f_1')).map(({ id }) => id),
      await store.mergedInto('u_ann', 1),
    ];

    const at = (key: string) => ({ key, value: `s ${key}` });
    expect(lists).toEqual([[at('a'), at('b')], [at('c')], ['c_1', 'c_2'], ['c_2'], ['f_1', 'f_2'], ['f_2'], ['u_1']]);
  });

  test('finds facts of all logs that are by somebody or name him, a piece at a time', async () => {
    const fact = (log: string, by: string, body: string): Append => {
      return { log, type: 't', at: 1, by, body, item: false, rule: false };
    };
    const facts = [
      fact('c_1', 'u_ann', '{}'),
      fact('c_1', 'u_bob', '{}'),
      fact('c_2', 'u_bob', '{"of":"u_ann"}'),
      fact('u_bob', 'u_bob', '{"of":"u_eve"}'),
    ];
    await store.commit([{ ...puts(), appends: facts }], []);
    const found: string[][] = [];

    for (let next: number | undefined = 0; next !== undefined; ) {
      const piece = await store.naming(['u_ann', 'u_eve'], 2, 1, next);
      found.push(piece.facts.map(({ log, seq, body }) => `${log} ${seq} ${body}`));
      next = piece.next;
    }

    expect(found.flat()).toEqual(['c_1 1 {}', 'c_2 1 {"of":"u_ann"}', 'u_bob 1 {"of":"u_eve"}']);
    expect(found.every((piece) => piece.length <= 1)).toBe(true);
    expect(await store.naming(['u_nobody'], 99, 99)).toEqual({ facts: [] });
  });

  test('knows what waits for its time, and lists ways in from a place on', async () => {
    await store.commit([puts(...rowsOf('u_ann'), ...rowsOf('u_bob'))], []);
    const jid = { kind: 'jid', subject: 'ann@example.com', user: 'u_ann', device: '' };
    await store.commit([puts({ table: 'login', row: jid })], []);

    const waiting = [await store.waits('s u_ann'), await store.waits('s u_eve')];
    const [first, ...more] = await store.logins('u_ann', 9);
    const after = await store.logins('u_ann', 9, first);

    expect(waiting).toEqual([true, false]);
    expect([more, after]).toEqual([[jid], [jid]]);
  });
}
