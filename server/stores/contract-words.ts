import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Append, FindQuery, Hits, Put, Store } from '../core/store.ts';
import { termsOf } from '../core/words.ts';
import { aMember, anAppend, fill, puts, seqs } from './contract-rows.ts';

/** Finding messages by their words. */
export function wordContract(make: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await make();
  });
  afterEach(() => store.close());

  async function hits(text: string, query: Partial<FindQuery> = {}): Promise<Hits> {
    const terms = termsOf(text);
    const found = await store.find({ terms, logs: ['c_1', 'c_2'], reader: 'u_ann', limit: 9, ...query });
    if (found === 'later') throw new Error('The words of a few messages are gathered at once.');
    return found;
  }

  /** Each message that was found, as its log and seq. */
  async function places(text: string, query: Partial<FindQuery> = {}): Promise<string[]> {
    return (await hits(text, query)).hits.map(({ fact: { log, seq } }) => `${log}:${seq}`);
  }

  test('finds messages with all the words or what begins with them, the last stored first, in the named logs', async () => {
    const first = said('Crème brûlée for all');
    await fill(store, first, said('The cream is gone'), said('All gone, crème too', { log: 'c_2' }));
    await fill(store, said('creme elsewhere', { log: 'c_3' }), said('A late crème'));

    const found = await hits('creme');

    expect(found).toEqual({ hits: found.hits.map(({ cursor }) => expect.objectContaining({ cursor })) });
    expect(found.hits.at(-1)?.fact).toMatchObject({ log: 'c_1', seq: 1, body: first.body });
    expect(await places('creme')).toEqual(['c_1:3', 'c_2:1', 'c_1:1']);
    expect(await places('ALL cre')).toEqual(['c_2:1', 'c_1:1']);
    expect(await places('gone', { logs: ['c_1', 'c_absent'] })).toEqual(['c_1:2']);
    expect([await places('reme'), await places('gone', { logs: [] }), await places('?')]).toEqual([[], [], []]);
  });

  test('finds no event and nothing but messages', async () => {
    await fill(store, said('crème', { item: false }), said('crème', { type: 'message.edited' }));

    expect(await places('creme')).toEqual([]);
  });

  test('finds signs of scripts without spaces wherever they stand, and emoji', async () => {
    await fill(store, said('我想退货，谢谢'), said('今晩は寿司を食べましょう 🍣'), said('司寿'));

    expect([await places('退货'), await places('寿司'), await places('🍣')]).toEqual([['c_1:1'], ['c_1:2'], ['c_1:2']]);
  });

  test('finds for a reader what he may see: in the audience, and since he is a member', async () => {
    const both = said('biscuits');
    await fill(store, both, { ...both, audience: ['u_ann'] }, both, { ...both, audience: ['u_bob'] }, both);
    await store.commit([puts(aMember('u_bob', { fromSeq: 3 }), aMember('u_eve', { fromSeq: 3, untilSeq: 4 }))], []);

    const found = await Promise.all(['u_ann', 'u_bob', 'u_eve'].map((reader) => places('biscuit', { reader })));

    expect(found).toEqual([
      ['c_1:5', 'c_1:3', 'c_1:2', 'c_1:1'],
      ['c_1:5', 'c_1:4'],
      ['c_1:5', 'c_1:3', 'c_1:1'],
    ]);
  });

  test('goes on before a cursor, without doubles and gaps, also while more is stored', async () => {
    await fill(store, ...Array.from({ length: 7 }, () => said('biscuits')));
    const first = await hits('biscuit', { limit: 3 });
    await fill(store, said('more biscuits'));

    const second = await hits('biscuit', { limit: 3, before: first.next ?? '' });
    const third = await hits('biscuit', { limit: 3, before: second.hits.at(-1)?.cursor ?? '' });

    const found = [first, second, third].flatMap((page) => seqs(page.hits.map(({ fact }) => fact)));
    expect(found).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(third.next).toBeUndefined();
  });

  test('finds an altered message by its new words alone, and a deleted one by none', async () => {
    await fill(store, said('the tin of biscuits'), said('another tin'));
    await places('tin');
    const rewrite = (seq: number, body: object): Put => ({
      table: 'fact',
      row: { log: 'c_1', seq, body: JSON.stringify(body) },
    });

    await store.commit(
      [puts(rewrite(1, { text: 'the box of biscuits' }), rewrite(2, { text: '', deleted: true }))],
      [],
    );

    expect([await places('tin'), await places('another')]).toEqual([[], []]);
    expect([await places('box biscuits'), await places('the')]).toEqual([['c_1:1'], ['c_1:1']]);
  });
}

function said(text: string, change: Partial<Append> = {}): Append {
  return anAppend({ body: JSON.stringify({ text }), ...change });
}
