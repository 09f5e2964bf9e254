import { afterEach, beforeEach, expect, test } from 'vitest';
import { here } from '../core/here.ts';
import type { Put, Store, Unit } from '../core/store.ts';
import { aMember, anAppend, aUnit, fill, puts } from './contract-rows.ts';

/** Rows beside the facts: they are replaced as a whole, but for markers. */
export function putContract(make: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await make();
  });
  afterEach(() => store.close());

  test('knows nothing at first', async () => {
    const found = [store.user('u'), store.login('jid', 'x'), store.conversation('c'), store.member('c', 'u')];

    expect(await Promise.all(found)).toEqual([undefined, undefined, undefined, undefined]);
    expect(await store.state('p', 's', 'k')).toBeUndefined();
    expect(await store.connections()).toEqual([]);
    expect(await store.readSeq('c', 'u')).toBe(0);
    expect(await store.page({ log: 'c', limit: 9 })).toEqual([]);
  });

  test('keeps a user and a conversation as they were last put', async () => {
    const ann = { id: 'u_ann', kind: 'colleague', name: 'Ann', verified: true, topics: ['support', 'sales'] } as const;
    const room = { id: 'c_1', kind: 'group', public: true, name: 'Room' } as const;
    const nameless = { id: 'c_1', kind: 'support', public: false } as const;
    await store.commit([puts({ table: 'user', row: ann }, { table: 'conversation', row: room })], []);
    expect([await store.user('u_ann'), await store.conversation('c_1')]).toEqual([ann, room]);

    const visitor = { ...ann, kind: 'visitor', verified: false, topics: [] } as const;
    await store.commit([puts({ table: 'user', row: visitor }, { table: 'conversation', row: nameless })], []);

    expect(await store.user('u_ann')).toEqual(visitor);
    expect(await store.conversation('c_1')).toEqual(nameless);
  });

  test('finds a login by kind and subject', async () => {
    const login = { kind: 'device', subject: 'a', user: 'u_ann', device: 'd_ann' };

    await store.commit([puts({ table: 'login', row: login })], []);

    expect(await store.login('device', 'a')).toEqual(login);
    expect(await store.login('jid', 'a')).toBeUndefined();
  });

  test('names the connections that are not gone', async () => {
    const here = { jid: 'a@x/1', user: 'u_ann', device: 'd_ann', seenAt: 1 };
    const gone = { ...here, jid: 'a@x/2' };
    await store.commit([puts({ table: 'connection', row: here }, { table: 'connection', row: gone })], []);
    expect(await store.connections()).toHaveLength(2);

    const later = { ...here, seenAt: 2 };
    const end = { table: 'connection', row: { ...gone, goneAt: 3 } } as const;
    await store.commit([puts(end, { table: 'connection', row: later })], []);

    expect(await store.connections()).toEqual([later]);
    await store.commit([puts({ table: 'connection', row: gone })], []);
    expect(await store.connections()).toHaveLength(2);
  });

  test('keeps a text for each plugin, scope and key, until null removes it', async () => {
    const row = { plugin: 'p', scope: 's', key: 'k', value: 'one' };
    const other = { ...row, key: 'k2', value: '' };
    await store.commit([puts({ table: 'state', row }, { table: 'state', row: other })], []);
    expect(await store.state('p', 's', 'k')).toBe('one');

    await store.commit([puts({ table: 'state', row: { ...row, value: null } })], []);

    expect(await store.state('p', 's', 'k')).toBeUndefined();
    expect(await store.state('p', 's', 'k2')).toBe('');
  });

  test('writes a text only where the one that was read still stands', async () => {
    const row = { plugin: 'p', scope: 's', key: 'k', value: 'one' };
    const write = async (value: string | null, expected: string | null) => {
      const [outcome] = await store.commit([puts({ table: 'state', row: { ...row, value }, expect: expected })], []);
      return outcome?.kind;
    };

    const kinds = [
      await write('one', 'two'),
      await write('one', null),
      await write('two', null),
      await write('two', 'one'),
    ];

    expect(kinds).toEqual(['stale', 'stored', 'stale', 'stored']);
    expect([await write(null, 'two'), await store.state('p', 's', 'k')]).toEqual(['stored', undefined]);
  });

  test('sees within a batch that a text stands no more', async () => {
    const write: Put = { table: 'state', row: { plugin: 'p', scope: 's', key: 'k', value: '1' }, expect: null };

    const outcomes = await store.commit([puts(write), puts(write)], []);

    expect(outcomes.map(({ kind }) => kind)).toEqual(['stored', 'stale']);
  });

  test('names what is scheduled by its time, replaces what waits, and forgets what is taken back', async () => {
    const at = (id: string, dueAt: number, body = '{}') =>
      ({ table: 'schedule', row: { id, dueAt, user: 'u_ann', type: 'order.remind', body } }) as const satisfies Put;
    const ids = async (limit: number) => (await store.scheduled(limit)).map(({ id }) => id);
    await store.commit([puts(at('b', 20), at('a', 20), at('c', 10), at('d', 2 ** 52))], []);
    expect([await ids(9), await ids(2)]).toEqual([
      ['c', 'a', 'b', 'd'],
      ['c', 'a'],
    ]);

    await store.commit(
      [
        puts(
          at('c', 30, '{"n":1}'),
          { table: 'unschedule', row: { id: 'a' } },
          { table: 'unschedule', row: { id: 'x' } },
        ),
      ],
      [],
    );

    expect(await ids(9)).toEqual(['b', 'c', 'd']);
    expect((await store.scheduled(2))[1]).toEqual(at('c', 30, '{"n":1}').row);
  });

  test('raises the marks of a member and never lowers them', async () => {
    await store.commit([puts(aMember('u_ann', { readSeq: 2, deliveredSeq: 4 }))], []);
    const mark = (row: { read?: number; delivered?: number }) =>
      ({ table: 'marker', row: { conversation: 'c_1', user: 'u_ann', ...row } }) as const;

    await store.commit([puts(mark({ delivered: 6 }), mark({ read: 3 }), mark({ read: 1, delivered: 3 }))], []);

    expect(await store.member('c_1', 'u_ann')).toMatchObject({ readSeq: 3, deliveredSeq: 6 });
    expect(await store.members('c_1', 9)).toEqual([await store.member('c_1', 'u_ann')]);
    expect(await store.readSeq('c_1', 'u_ann')).toBe(3);
  });

  test('never lowers the marks of a member who gets another role', async () => {
    await store.commit([puts(aMember('u_ann', { readSeq: 3, deliveredSeq: 4 }))], []);

    await store.commit([puts(aMember('u_ann', { role: 'admin', readSeq: 1, deliveredSeq: 9 }))], []);

    expect(await store.member('c_1', 'u_ann')).toMatchObject({ role: 'admin', readSeq: 3, deliveredSeq: 9 });
  });

  test('lets a membership begin and end where its own unit stands', async () => {
    await fill(store, {}, {});
    const change = (row: Put, ...logs: readonly string[]): Unit =>
      aUnit(JSON.stringify(row), { appends: logs.map((log) => anAppend({ log })), puts: [row] });

    await store.commit([change(aMember('u_ann', { fromSeq: here }), 'c_2', 'c_1', 'c_1')], []);
    await store.commit([change(aMember('u_bob', { fromSeq: 1, untilSeq: here }), 'c_1', 'c_2')], []);

    expect(await store.member('c_1', 'u_ann')).toEqual(aMember('u_ann', { fromSeq: 2 }).row);
    expect(await store.member('c_1', 'u_bob')).toEqual(aMember('u_bob', { fromSeq: 1, untilSeq: 5 }).row);
  });

  test('names the members of one role, the longest first, and counts all of them up to a cap', async () => {
    const admin = (user: string, since: number) => aMember(user, { role: 'admin', since });
    await store.commit([puts(admin('u_c', 5), admin('u_b', 5), admin('u_d', 2), aMember('u_a'))], []);
    await store.commit([puts(aMember('u_d', { role: 'admin', since: 2, untilSeq: 3 }), admin('u_e', 1))], []);

    const found = [await store.membersIn('c_1', 'admin', 2), await store.membersIn('c_1', 'owner', 2)];

    expect(found.map((rows) => rows.map(({ user }) => user))).toEqual([['u_e', 'u_b'], []]);
    expect([
      await store.memberCount('c_1', 9),
      await store.memberCount('c_1', 3),
      await store.memberCount('c_x', 3),
    ]).toEqual([4, 3, 0]);
  });

  test('keeps how far a reader without a member row has read, and raises it only', async () => {
    const mark = (row: { read?: number; delivered?: number }) =>
      ({ table: 'marker', row: { conversation: 'c_1', user: 'u_eve', ...row } }) as const;

    await store.commit([puts(mark({ read: 3 }), mark({ read: 2 }), mark({ delivered: 9 }))], []);

    expect(await store.readSeq('c_1', 'u_eve')).toBe(3);
    expect(await store.member('c_1', 'u_eve')).toBeUndefined();
    await store.commit([puts(aMember('u_eve', { readSeq: 4 }))], []);
    expect(await store.readSeq('c_1', 'u_eve')).toBe(4);
  });

  test('keeps a hidden mark apart from the member row that others see', async () => {
    await store.commit([puts(aMember('u_ann', { readSeq: 2, deliveredSeq: 2 }))], []);
    const row = { conversation: 'c_1', user: 'u_ann', read: 5, delivered: 6, hidden: true };

    await store.commit([puts({ table: 'marker', row })], []);

    expect(await store.member('c_1', 'u_ann')).toMatchObject({ readSeq: 2, deliveredSeq: 2 });
    expect(await store.readSeq('c_1', 'u_ann')).toBe(5);
  });

  test('pages the current members by user id and still finds one who left', async () => {
    const left = aMember('u_b', { untilSeq: 7 });
    await store.commit([puts(aMember('u_d'), aMember('u_b'), aMember('u_a', { role: 'owner' }), aMember('u_c'))], []);
    expect((await store.members('c_1', 2)).map(({ user }) => user)).toEqual(['u_a', 'u_b']);

    await store.commit([puts(left, aMember('u_x', { conversation: 'c_2' }))], []);

    expect((await store.members('c_1', 2)).map(({ user }) => user)).toEqual(['u_a', 'u_c']);
    expect((await store.members('c_1', 2, 'u_c')).map(({ user }) => user)).toEqual(['u_d']);
    expect(await store.member('c_1', 'u_b')).toEqual(left.row);
  });

  test('names the current memberships of a user, the most recently used log first', async () => {
    const inAll = ['c_1', 'c_2', 'c_3', 'c_4'].map((conversation) => aMember('u_ann', { conversation }));
    await store.commit([puts(...inAll, aMember('u_bob', { conversation: 'c_5' }))], []);
    await fill(store, { log: 'c_1', at: 10 }, { log: 'c_2', at: 30 }, { log: 'c_3', at: 20 });
    const recent = async (limit: number) => (await store.memberships('u_ann', limit)).map((row) => row.conversation);
    expect(await recent(9)).toEqual(['c_2', 'c_3', 'c_1', 'c_4']);

    await fill(store, { log: 'c_1', at: 40 });
    await store.commit([puts(aMember('u_ann', { conversation: 'c_2', untilSeq: 1 }))], []);

    expect(await recent(2)).toEqual(['c_1', 'c_3']);
  });

  test('names the most recently used log first also after the clock was set back', async () => {
    const inAll = ['c_1', 'c_2', 'c_3'].map((conversation) => aMember('u_ann', { conversation }));
    await store.commit([puts(...inAll)], []);
    const cursors = ['c_1', 'c_2', 'c_3'].map((log) => ({ log, told: 1, reacted: 1 }));
    await fill(store, { log: 'c_1', at: 30 }, { log: 'c_2', at: 20 }, { log: 'c_3', at: 40 });
    await store.commit([], cursors);

    await fill(store, { log: 'c_1', at: 11 }, { log: 'c_3', at: 10 });

    expect((await store.memberships('u_ann', 1)).map((row) => row.conversation)).toEqual(['c_2']);
  });

  test('names the conversations that a user was banned from, by id', async () => {
    const out = ['c_3', 'c_1', 'c_2'].map((conversation) =>
      aMember('u_ann', { conversation, role: 'banned', untilSeq: 1 }),
    );
    await store.commit([puts(...out, aMember('u_ann', { conversation: 'c_4', untilSeq: 1 }), aMember('u_bob'))], []);

    await store.commit([puts(aMember('u_ann', { conversation: 'c_2', untilSeq: 2 }))], []);

    expect(await store.bans('u_ann', 9)).toEqual([out[1]?.row, out[0]?.row]);
    expect((await store.bans('u_ann', 1)).map(({ conversation }) => conversation)).toEqual(['c_1']);
    expect(await store.bans('u_bob', 9)).toEqual([]);
  });

  test('names who was banned from a conversation, by user id, and pages them', async () => {
    const rows = ['u_d', 'u_b', 'u_c'].map((user) => aMember(user, { role: 'banned', untilSeq: 1 }));
    await store.commit([puts(...rows, aMember('u_a'), aMember('u_e', { untilSeq: 1 }))], []);
    await store.commit([puts(aMember('u_f', { conversation: 'c_2', role: 'banned', untilSeq: 1 }))], []);
    const users = async (...of: Parameters<Store['bannedFrom']>) =>
      (await store.bannedFrom(...of)).map(({ user }) => user);

    expect([await users('c_1', 9), await users('c_1', 2), await users('c_1', 9, 'u_b')]).toEqual([
      ['u_b', 'u_c', 'u_d'],
      ['u_b', 'u_c'],
      ['u_c', 'u_d'],
    ]);
    await store.commit([puts(aMember('u_c', { untilSeq: 2 }))], []);
    expect(await users('c_1', 9)).toEqual(['u_b', 'u_d']);
  });

  test('lists logs by last use and pages by the pair of time and id', async () => {
    const at = { c_1: 10, c_2: 30, c_3: 20, c_4: 20, c_5: 20 };
    const used = Object.entries(at).map(([log, at]) => ({ log, at, list: 'support' }));
    await fill(store, ...used, { log: 'c_6', at: 99 }, { log: 'c_7', at: 50, list: 'sales' });
    const ids = async (...query: Parameters<Store['listed']>) => (await store.listed(...query)).map(({ id }) => id);
    expect(await ids('support', 9)).toEqual(['c_2', 'c_5', 'c_4', 'c_3', 'c_1']);
    expect(await ids('support', 2, { at: 20, id: 'c_5' })).toEqual(['c_4', 'c_3']);

    await fill(store, { log: 'c_1', at: 40 }, { log: 'c_3', at: 5, list: 'sales' });

    expect(await ids('support', 2)).toEqual(['c_1', 'c_2']);
    expect(await ids('support', 9, { at: 30, id: 'c_2' })).toEqual(['c_5', 'c_4']);
    expect(await ids('sales', 9)).toEqual(['c_7', 'c_3']);
    expect(await store.listed('sales', 1)).toEqual([await store.log('c_7')]);
  });

  test('hands out rows that later commits do not change', async () => {
    await store.commit([aUnit('1', { appends: [anAppend({ list: 'support' })] })], []);
    const rows = [await store.log('c_1'), ...(await store.listed('support', 1)), ...(await store.due(1))];

    await store.commit([aUnit('2')], []);

    expect(rows.map((row) => row?.lastSeq)).toEqual([1, 1, 1]);
  });
}
