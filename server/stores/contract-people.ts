import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoginRow, RelationRow } from '../core/rows.ts';
import type { Put, Store } from '../core/store.ts';
import { aMember, fill, puts } from './contract-rows.ts';

/** Rows about people: profiles, ways in, relations. */
export function peopleContract(make: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await make();
  });
  afterEach(() => store.close());

  test('keeps avatar, attributes, settings and what a member has set for himself', async () => {
    const plain = { id: 'u_ann', kind: 'user', name: 'Ann', verified: true, topics: [] } as const;
    const ann = {
      ...plain,
      avatar: 'avatar/a',
      attributes: { plan: 'pro', seats: 3, trial: false },
      mergedInto: 'u_b',
    };
    const room = { id: 'c_1', kind: 'group', public: false, settings: { history: 'joined', slow: 5_000 } } as const;
    const member = aMember('u_ann', { prefs: { mutedUntil: 9, pinned: true } });
    await store.commit([puts({ table: 'user', row: ann }, { table: 'conversation', row: room }, member)], []);
    expect([await store.user('u_ann'), await store.conversation('c_1')]).toEqual([ann, room]);
    expect(await store.member('c_1', 'u_ann')).toEqual(member.row);

    await store.commit([puts({ table: 'user', row: plain }, aMember('u_ann', { role: 'admin', since: 4 }))], []);

    expect(await store.user('u_ann')).toEqual(plain);
    expect(await store.member('c_1', 'u_ann')).toEqual({ ...member.row, role: 'admin', since: 4 });
  });

  test('replaces what a member has set for himself, and makes nobody a member by it', async () => {
    const prefs = (user: string): Put => ({
      table: 'prefs',
      row: { conversation: 'c_1', user, prefs: { archived: true } },
    });
    await store.commit([puts(aMember('u_ann', { prefs: { pinned: true }, readSeq: 3 }))], []);

    await store.commit([puts(prefs('u_ann'), prefs('u_eve'))], []);

    expect(await store.member('c_1', 'u_ann')).toEqual({
      ...aMember('u_ann', { readSeq: 3 }).row,
      prefs: { archived: true },
    });
    expect(await store.member('c_1', 'u_eve')).toBeUndefined();
  });

  test('rewrites what a fact says, and nothing else of it', async () => {
    await fill(store, { body: '{"text":"first"}' }, { body: '{"text":"second"}' });
    const [before] = await store.page({ log: 'c_1', limit: 1 });

    const rewrite = (seq: number, log = 'c_1'): Put => ({ table: 'fact', row: { log, seq, body: '{"text":"new"}' } });
    await store.commit([puts(rewrite(1), rewrite(9), rewrite(1, 'c_absent'))], []);

    const [first, second] = await store.page({ log: 'c_1', limit: 9 });
    expect(first).toEqual({ ...before, body: '{"text":"new"}' });
    expect(second?.body).toBe('{"text":"second"}');
    expect(await store.log('c_absent')).toBeUndefined();
  });

  test('rewrites every change of one type of one message, and no other fact', async () => {
    const edit = (of: number) => ({ type: 'message.edited', body: JSON.stringify({ of, text: `edit of ${of}` }) });
    const answered = { type: 'message.answered', body: '{"of":1,"values":{"mail":"kim@example.com"}}' };
    await fill(store, {}, {}, edit(1), edit(2), edit(1), { body: '{"of":1}' }, answered);

    const row = { log: 'c_1', type: 'message.edited', of: 1, body: '{"of":1,"text":""}' } as const;
    const change = (alter: object): Put => ({ table: 'changes', row: { ...row, ...alter } });
    await store.commit([puts(change({}), change({ log: 'c_absent' }))], []);
    const first = (await store.page({ log: 'c_1', limit: 9 })).map(({ body }) => body);
    await store.commit([puts(change({ type: 'message.answered', body: '{"of":1}' }))], []);
    const second = (await store.page({ log: 'c_1', limit: 9 })).map(({ body }) => body);

    expect(first).toEqual(['{}', '{}', row.body, edit(2).body, row.body, '{"of":1}', answered.body]);
    expect(second).toEqual(first.with(6, '{"of":1}'));
  });

  test('rewrites a fact only as it was expected', async () => {
    await fill(store, { body: '{"text":"old"}' });
    const rewrite = (body: string, expect: string): Put => ({
      table: 'fact',
      row: { log: 'c_1', seq: 1, body },
      expect,
    });
    const unit = (put: Put, key: string) => ({
      ...puts(put, { table: 'state', row: { plugin: 'p', scope: 's', key, value: '1' } }),
    });

    const outcomes = await store.commit(
      [
        unit(rewrite('{"text":"new"}', '{"text":"old"}'), 'first'),
        unit(rewrite('{"text":"late"}', '{"text":"old"}'), 'late'),
        unit({ ...rewrite('{"text":"none"}', '{}'), row: { log: 'c_1', seq: 9, body: '{}' } } as Put, 'none'),
      ],
      [],
    );

    expect(outcomes.map(({ kind }) => kind)).toEqual(['stored', 'stale', 'stale']);
    expect((await store.page({ log: 'c_1', limit: 1 }))[0]?.body).toBe('{"text":"new"}');
    expect([await store.state('p', 's', 'first'), await store.state('p', 's', 'late')]).toEqual(['1', undefined]);
  });

  test('names the ways in of a user that are not revoked', async () => {
    const login = (subject: string, change: Partial<LoginRow> = {}): Put => ({
      table: 'login',
      row: { kind: 'device', subject, user: 'u_ann', device: `d_${subject}`, ...change },
    });
    const jid = login('ann@example.com', { kind: 'jid', until: 7 });
    await store.commit([puts(login('b'), login('a'), jid, login('c', { user: 'u_bob' }))], []);
    expect((await store.logins('u_ann', 9)).map(({ subject }) => subject)).toEqual(['a', 'b', 'ann@example.com']);

    await store.commit([puts(login('a', { revokedAt: 5 }))], []);

    expect(await store.logins('u_ann', 9)).toEqual([login('b').row, jid.row]);
    expect(await store.logins('u_ann', 1)).toEqual([login('b').row]);
  });

  test('keeps one relation for each owner, other and slot, until it is removed', async () => {
    const contact = aRelation({});
    const muted = aRelation({ slot: 'notice', kind: 'muted', until: 99 });
    await store.commit([puts(contact, muted, aRelation({ owner: 'u_bob', other: 'u_ann' }))], []);
    expect(await store.relation('u_ann', 'u_bob')).toEqual([contact.row, muted.row]);

    const close = aRelation({ kind: 'close', attributes: { from: 'school' }, since: 5 });
    await store.commit([puts(close, { table: 'unrelate', row: muted.row }, { table: 'unrelate', row: muted.row })], []);

    expect(await store.relation('u_ann', 'u_bob')).toEqual([close.row]);
    expect(await store.relation('u_bob', 'u_bob')).toEqual([]);
  });

  test('pages the relations of an owner, and those that point at somebody', async () => {
    const some = ['u_d', 'u_b', 'u_c'].map((other) => aRelation({ other }));
    const asks = ['u_x', 'u_w'].map((owner) => aRelation({ owner, other: 'u_ann', slot: 'ask' }));
    await store.commit([puts(...some, ...asks, aRelation({ owner: 'u_v', other: 'u_ann' }))], []);

    const owned = [await store.relations('u_ann', 2), await store.relations('u_ann', 2, 'u_c')];
    const towards = [await store.relationsTo('u_ann', 'ask', 9), await store.relationsTo('u_ann', 'ask', 9, 'u_w')];

    expect(owned.map((rows) => rows.map(({ other }) => other))).toEqual([['u_b', 'u_c'], ['u_d']]);
    expect(towards.map((rows) => rows.map(({ owner }) => owner))).toEqual([['u_w', 'u_x'], ['u_x']]);
  });
}

function aRelation(change: Partial<RelationRow>): { readonly table: 'relation'; readonly row: RelationRow } {
  const row = { owner: 'u_ann', other: 'u_bob', slot: 'closeness', kind: 'contact', since: 1, ...change };
  return { table: 'relation', row };
}
