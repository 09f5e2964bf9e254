import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../core/store.ts';
import { aMember, anAppend, fill, puts, seqs } from './contract-rows.ts';

/** Reading a log: pages, audiences, what is unread. */
export function pageContract(make: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await make();
  });
  afterEach(() => store.close());

  test('pages a log from either end, oldest first', async () => {
    await fill(store, {}, {}, {}, {}, {}, {});
    const log = 'c_1';

    const pages = [
      await store.page({ log, limit: 2 }),
      await store.page({ log, after: 2, limit: 3 }),
      await store.page({ log, before: 6, limit: 2 }),
      await store.page({ log, before: 99, limit: 2 }),
      await store.page({ log, after: 3, before: 6, limit: 9 }),
      await store.page({ log, after: 1, upTo: 3, limit: 9 }),
      await store.page({ log, before: 6, upTo: 3, limit: 2 }),
      await store.page({ log, after: 6, limit: 9 }),
      await store.page({ log, before: 1, limit: 9 }),
    ];

    expect(pages.map(seqs)).toEqual([[1, 2], [3, 4, 5], [4, 5], [5, 6], [4, 5], [2, 3], [2, 3], [], []]);
  });

  test('leaves out what a reader is not in the audience of, and fills the page with the rest', async () => {
    await fill(store, {}, { audience: ['u_ann'] }, { audience: [] }, { audience: ['u_bob', 'u_ann'] }, {});
    const page = async (query: { reader?: string; before?: number; limit: number }) =>
      seqs(await store.page({ log: 'c_1', ...query }));

    expect(await page({ limit: 9 })).toEqual([1, 2, 3, 4, 5]);
    expect(await page({ limit: 9, reader: 'u_ann' })).toEqual([1, 2, 4, 5]);
    expect(await page({ limit: 3, reader: 'u_bob' })).toEqual([1, 4, 5]);
    expect(await page({ limit: 2, reader: 'u_ann', before: 5 })).toEqual([2, 4]);
    expect(await page({ limit: 9, reader: 'u_an' })).toEqual([1, 5]);
  });

  test('reads any part of a long log that grows beside another, for anybody', async () => {
    const facts = Array.from({ length: 130 }, (_, index) => (index % 3 === 0 ? { audience: ['u_ann'] } : {}));
    for (let from = 0; from < facts.length; from += 13) {
      await fill(store, ...facts.slice(from, from + 13));
      await store.commit([{ ...puts(), appends: Array.from({ length: from }, () => anAppend({ log: 'c_2' })) }], []);
    }
    const ends = [0, 1, 31, 32, 33, 64, 96, 129, 130, 131];
    const limits = [1, 40, 999];

    for (const reader of ['u_ann', 'u_bob']) {
      const seen = facts.flatMap((fact, index) => (fact.audience?.includes(reader) === false ? [] : [index + 1]));
      for (const after of ends) {
        for (const end of ends) {
          const within = seen.filter((seq) => seq > after && seq < end);
          for (const limit of limits) {
            const page = await store.page({ log: 'c_1', after, before: end, limit, reader });
            expect(seqs(page)).toEqual(within.slice(-limit));
            const forwards = await store.page({ log: 'c_1', after, upTo: end - 1, limit, reader });
            expect(seqs(forwards)).toEqual(within.slice(0, limit));
          }
        }
        expect(await store.prevVisible('c_1', after, reader)).toBe(seen.findLast((seq) => seq < after) ?? 0);
        const unread = reader === 'u_ann' ? 0 : seen.filter((seq) => seq > after).length;
        expect(await store.unread('c_1', after, reader, 50)).toBe(Math.min(50, unread));
      }
    }
  });

  test('finds the seq before one that a reader may see', async () => {
    await fill(store, { audience: ['u_ann'] }, {}, { audience: ['u_ann'] }, { audience: ['u_ann'] }, {});
    const prev = (seq: number, reader: string) => store.prevVisible('c_1', seq, reader);

    const found = [
      prev(5, 'u_ann'),
      prev(5, 'u_bob'),
      prev(2, 'u_ann'),
      prev(2, 'u_bob'),
      prev(1, 'u_ann'),
      prev(99, 'u_bob'),
    ];
    await store.commit([puts(aMember('u_new', { fromSeq: 5 }))], []);

    expect(await Promise.all(found)).toEqual([4, 2, 1, 0, 0, 5]);
    expect(await prev(99, 'u_new')).toBe(0);
    expect(await store.prevVisible('c_none', 5, 'u_ann')).toBe(0);
  });

  test('counts the messages of others that a reader has not read and may see, up to the cap', async () => {
    await fill(
      store,
      {},
      { by: 'u_bob' },
      { by: 'u_bob', item: false },
      { by: 'u_bob', type: 'member.joined' },
      { by: 'u_bob', audience: ['u_ann'] },
      { by: 'u_bob', audience: ['u_eve'] },
      {},
      { by: 'u_eve' },
    );

    const counts = [
      store.unread('c_1', 0, 'u_ann', 99),
      store.unread('c_1', 2, 'u_ann', 99),
      store.unread('c_1', 0, 'u_ann', 2),
      store.unread('c_1', 0, 'u_eve', 99),
      store.unread('c_1', 8, 'u_ann', 99),
      store.unread('c_none', 0, 'u_ann', 99),
    ];

    expect(await Promise.all(counts)).toEqual([3, 2, 2, 4, 0, 0]);
  });

  test('shows a member nothing from before he came, and who has left what everybody may see', async () => {
    const said = { by: 'u_bob' };
    await fill(store, said, { ...said, audience: ['u_ann'] }, said, { ...said, audience: ['u_bob'] }, said);
    await store.commit([puts(aMember('u_ann', { fromSeq: 3 }), aMember('u_eve', { fromSeq: 3, untilSeq: 4 }))], []);
    const page = async (query: { after?: number; before?: number; reader: string }) =>
      seqs(await store.page({ log: 'c_1', limit: 9, ...query }));

    expect(await page({ reader: 'u_ann' })).toEqual([5]);
    expect(await page({ reader: 'u_ann', before: 5 })).toEqual([]);
    expect(await page({ reader: 'u_ann', after: 1 })).toEqual([5]);
    expect(await page({ reader: 'u_eve' })).toEqual([1, 3, 5]);
    expect([await store.prevVisible('c_1', 5, 'u_ann'), await store.prevVisible('c_1', 5, 'u_eve')]).toEqual([0, 3]);
    expect([await store.unread('c_1', 0, 'u_ann', 9), await store.unread('c_1', 0, 'u_eve', 9)]).toEqual([1, 3]);
  });

  test('does not count what was deleted as unread', async () => {
    const deleted = { by: 'u_bob', body: '{"text":"","deleted":true}' };
    await fill(store, deleted, { by: 'u_bob', body: '{"text":"\\"deleted\\":true"}' }, deleted);

    expect(await store.unread('c_1', 0, 'u_ann', 9)).toBe(1);
  });
}
