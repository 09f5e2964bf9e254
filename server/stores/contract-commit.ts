import { afterEach, beforeEach, expect, test } from 'vitest';
import { version } from '../../protocol/limits.ts';
import type { Store } from '../core/store.ts';
import { anAppend, aUnit, puts, seqs, storedAt } from './contract-rows.ts';

/** Units, their order, their answers and the counters of logs. */
export function commitContract(make: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await make();
  });
  afterEach(() => store.close());

  test('counts each log by itself and without gaps, and returns facts as they were given', async () => {
    const audience = ['u_ann', 'u_"bob"'];
    const own = aUnit('2', { appends: [anAppend({ at: 7, body: '{"text":"ü\u{1f600}"}', item: false, audience })] });

    const outcomes = await store.commit(
      [aUnit('1'), aUnit('other', { appends: [anAppend({ log: 'c_2' })] }), own, aUnit('3')],
      [],
    );

    const audienced = { kind: 'stored', appended: [{ seq: 2, audienced: true }] };
    const later = { kind: 'stored', appended: [{ seq: 3, audienced: true }] };
    expect(outcomes).toEqual([storedAt(1), storedAt(1), audienced, later]);
    expect((await store.page({ log: 'c_1', after: 1, limit: 1 }))[0]).toEqual({
      log: 'c_1',
      seq: 2,
      v: version,
      type: 'message.sent',
      at: 7,
      by: 'u_ann',
      device: 'd_ann',
      action: '2',
      body: '{"text":"ü\u{1f600}"}',
      item: false,
      audience,
    });
    expect((await store.page({ log: 'c_1', limit: 1 }))[0]).not.toHaveProperty('audience');
    expect(store.stats()).toEqual({ facts: 4, commits: 1, writable: true });
  });

  test('keeps the counters of a log: its last and rule seq, last use, list and audience', async () => {
    const settings = anAppend({ log: 'c_2', rule: true, at: 5, list: 'support' });

    await store.commit(
      [aUnit('1', { appends: [anAppend({ log: 'c_2' }), settings, anAppend({ log: 'c_2', at: 6 })] })],
      [],
    );

    const zero = { toldSeq: 0, reactedSeq: 0, audienced: false };
    expect(await store.log('c_2')).toEqual({ id: 'c_2', lastSeq: 3, ruleSeq: 2, at: 6, list: 'support', ...zero });
    expect(await store.log('c_3')).toBeUndefined();
    await store.commit([aUnit('2')], []);
    expect(await store.log('c_1')).toEqual({ id: 'c_1', lastSeq: 1, ruleSeq: 0, at: 1_000, ...zero });
  });

  test('answers a repeat with what was stored first and writes nothing, whatever else it says', async () => {
    const first = aUnit('1', { appends: [anAppend({ log: 'u_ann' }), anAppend(), anAppend()], answer: 2 });
    await store.commit([first], []);
    const changed = aUnit('1', { digest: 'other', after: 'unknown', reads: [{ log: 'c_1', ruleSeq: 9 }] });

    const outcomes = await store.commit([first, changed, aUnit('1', { appends: [anAppend({ log: 'c_new' })] })], []);

    const repeat = { kind: 'repeat', done: { digest: 'digest of 1', log: 'c_1', seq: 2 } };
    expect(outcomes).toEqual([repeat, repeat, repeat]);
    expect(await store.done('d_ann', '1')).toEqual(repeat.done);
    expect(await store.done('d_bob', '1')).toBeUndefined();
    expect(await store.log('c_new')).toBeUndefined();
    expect((await store.log('c_1'))?.lastSeq).toBe(2);
    expect(store.stats().facts).toBe(3);
  });

  test('stores the same id once where a batch brings it twice, and for each device', async () => {
    const outcomes = await store.commit([aUnit('1'), aUnit('1'), aUnit('1', { device: 'd_bob' })], []);

    const repeat = { kind: 'repeat', done: { digest: 'digest of 1', log: 'c_1', seq: 1 } };
    expect(outcomes).toEqual([storedAt(1), repeat, storedAt(2)]);
  });

  test('remembers a unit that a plain acknowledgement answers by its digest alone', async () => {
    const { answer: _, ...plain } = aUnit('1');

    await store.commit([plain, aUnit('2', { appends: [] })], []);

    expect(await store.done('d_ann', '1')).toEqual({ digest: 'digest of 1' });
    expect(await store.done('d_ann', '2')).toEqual({ digest: 'digest of 2' });
  });

  test('does not remember a unit without device, nor asks for its predecessor', async () => {
    const { device: _, ...nameless } = aUnit('1', { after: 'unknown' });

    const outcomes = await store.commit([nameless, nameless], []);

    expect(outcomes).toEqual([storedAt(1), storedAt(2)]);
    expect((await store.page({ log: 'c_1', limit: 9 })).map(({ device, action }) => device + action)).toEqual([
      '1',
      '1',
    ]);
  });

  test('stores a unit after its predecessor of the same batch, and calls it early where that one failed', async () => {
    const reads = [{ log: 'c_1', ruleSeq: 5 }];
    const batch = [
      aUnit('1'),
      aUnit('2', { after: '1' }),
      aUnit('4', { after: '3' }),
      aUnit('3', { reads }),
      aUnit('5', { after: '3' }),
      aUnit('6', { after: '5' }),
      aUnit('7', { after: '1', device: 'd_bob' }),
      aUnit('8', { after: '2' }),
    ];

    const outcomes = await store.commit(batch, []);

    const early = { kind: 'early' };
    expect(outcomes).toEqual([storedAt(1), storedAt(2), early, { kind: 'stale' }, early, early, early, storedAt(3)]);
    expect(await store.done('d_ann', '3')).toBeUndefined();
    expect(seqs(await store.page({ log: 'c_1', limit: 9 }))).toEqual([1, 2, 3]);
  });

  test('calls a unit stale when a rule it read has changed since, in an earlier batch or in this one', async () => {
    await store.commit([aUnit('1', { appends: [anAppend({ rule: true }), anAppend()] })], []);
    const reads = [
      { log: 'c_1', ruleSeq: 1 },
      { log: 'u_bob', ruleSeq: 0 },
    ];
    const block = aUnit('block', { appends: [anAppend({ log: 'u_bob', rule: true })], puts: [state('blocked')] });

    const outcomes = await store.commit(
      [
        aUnit('2', { reads: [{ log: 'c_1', ruleSeq: 0 }], puts: [state('stale')] }),
        aUnit('3', { reads }),
        block,
        aUnit('4', { reads, puts: [state('stale')] }),
        aUnit('4', { reads: [{ log: 'u_bob', ruleSeq: 1 }] }),
      ],
      [],
    );

    expect(outcomes.map(({ kind }) => kind)).toEqual(['stale', 'stored', 'stored', 'stale', 'stored']);
    expect(await store.state('p', 's', 'k')).toBe('blocked');
    expect((await store.log('c_1'))?.lastSeq).toBe(4);
  });

  test('takes a login only as it was expected: absent, or not used up', async () => {
    const row = { kind: 'invite', subject: 'x', user: 'u_ann', device: 'd_ann' };
    const make = aUnit('make', { puts: [{ table: 'login', row, expect: 'absent' }] });
    const use = { ...row, revokedAt: 5 };

    const outcomes = await store.commit(
      [
        aUnit('use', { puts: [{ table: 'login', row: use, expect: 'unused' }] }),
        make,
        { ...make, id: 'again' },
        aUnit('use', { puts: [{ table: 'login', row: use, expect: 'unused' }] }),
        aUnit('reuse', { puts: [state('reused'), { table: 'login', row: use, expect: 'unused' }] }),
        { ...make, id: 'revoked is not absent' },
        puts({ table: 'login', row: { ...use, revokedAt: 6 } }),
      ],
      [],
    );

    const kinds = ['stale', 'stored', 'stale', 'stored', 'stale', 'stale', 'stored'];
    expect(outcomes.map(({ kind }) => kind)).toEqual(kinds);
    expect(await store.login('invite', 'x')).toEqual({ ...use, revokedAt: 6 });
    expect(await store.state('p', 's', 'k')).toBeUndefined();
    expect(store.stats().facts).toBe(2);
  });

  test('names the logs that are due until both cursors stand at their head; a cursor only rises', async () => {
    await store.commit([aUnit('1'), aUnit('2', { appends: [anAppend({ log: 'c_2' })] })], []);
    expect((await store.due(9)).map(({ id }) => id).sort()).toEqual(['c_1', 'c_2']);
    expect(await store.due(1)).toHaveLength(1);

    await store.commit(
      [],
      [
        { log: 'c_1', told: 1 },
        { log: 'c_2', told: 1, reacted: 1 },
        { log: 'c_none', told: 1 },
      ],
    );
    expect((await store.due(9)).map(({ id }) => id)).toEqual(['c_1']);
    await store.commit([aUnit('r', { appends: [], reacted: { log: 'c_1', seq: 1 } })], []);
    expect(await store.due(9)).toEqual([]);
    await store.commit([aUnit('3')], [{ log: 'c_1', told: 0, reacted: 0 }]);

    expect(await store.due(9)).toEqual([await store.log('c_1')]);
    expect(await store.log('c_1')).toMatchObject({ lastSeq: 2, toldSeq: 1, reactedSeq: 1 });
    expect(await store.log('c_none')).toBeUndefined();
  });

  test('raises no cursor for a reaction that is repeated or stale, or of a log that is absent', async () => {
    await store.commit([aUnit('0', { appends: [], reacted: { log: 'c_1', seq: 1 } }), aUnit('1')], []);
    const reacted = { log: 'c_1', seq: 1 };

    await store.commit([aUnit('1', { reacted }), aUnit('2', { reacted, reads: [{ log: 'c_1', ruleSeq: 3 }] })], []);

    expect((await store.log('c_1'))?.reactedSeq).toBe(0);
  });
}

function state(value: string) {
  return { table: 'state', row: { plugin: 'p', scope: 's', key: 'k', value } } as const;
}
