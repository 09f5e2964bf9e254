import { afterEach, beforeEach, expect, test } from 'vitest';
import { here } from '../core/here.ts';
import type { FileRow } from '../core/rows.ts';
import type { Put, Store } from '../core/store.ts';
import { anAppend, aUnit, puts } from './contract-rows.ts';

/** Rows of files. */
export function fileContract(make: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await make();
  });
  afterEach(() => store.close());

  async function kindOf(...rows: readonly Put[]): Promise<string | undefined> {
    return (await store.commit([puts(...rows)], []))[0]?.kind;
  }

  test('keeps a file as it was offered, and as it became', async () => {
    const offered = aFile('f_1', { width: 3, height: 4 });
    const { width: _, height: __, ...plain } = offered.row;
    const ready = { ...plain, type: 'application/pdf', size: 9, readyAt: 5 };
    expect([await kindOf(offered), await store.file('f_1')]).toEqual(['stored', offered.row]);

    await kindOf({ table: 'file', row: ready, expect: 'unsent' });

    expect([await store.file('f_1'), await store.file('f_2')]).toEqual([ready, undefined]);
  });

  test('gives a file to one message, and to no second one', async () => {
    await kindOf(aFile('f_2'), aFile('f_1'), aFile('f_3'));
    const given = (id: string): Put => ({ ...aFile(id, { log: 'c_1', seq: here }), expect: 'unsent' });
    const send = (id: string, ...files: readonly string[]) =>
      aUnit(id, { appends: [anAppend({ type: 'member.joined' }), anAppend()], puts: files.map(given) });

    const outcomes = await store.commit([send('1', 'f_1', 'f_2'), send('2', 'f_2'), send('3', 'f_4')], []);

    expect(outcomes.map(({ kind }) => kind)).toEqual(['stored', 'stale', 'stale']);
    expect((await store.filesOf('c_1', 2)).map(({ id }) => id)).toEqual(['f_1', 'f_2']);
    expect(await store.filesOf('c_1', 1)).toEqual([]);
    expect((await store.file('f_3'))?.seq).toBeUndefined();
  });

  test('takes no file under an id that is there', async () => {
    await kindOf(aFile('f_1'));

    const kind = await kindOf(aFile('f_1', { by: 'u_eve' }));

    expect([kind, (await store.file('f_1'))?.by]).toEqual(['stale', 'u_ann']);
  });

  test('forgets a file, and one that no message may have only while that is so', async () => {
    const sent = aFile('f_1', { log: 'c_1', seq: 4 });
    await kindOf(sent, aFile('f_2'));
    const forget = (id: string): Put => ({ table: 'unfile', row: { id }, expect: 'unsent' });

    const kinds = [await kindOf(forget('f_1')), await kindOf(forget('f_2')), await kindOf(forget('f_2'))];

    expect(kinds).toEqual(['stale', 'stored', 'stale']);
    expect(await store.file('f_1')).toEqual(sent.row);
    expect(await kindOf({ table: 'unfile', row: { id: 'f_1' } })).toBe('stored');
    expect([await store.file('f_1'), await store.filesOf('c_1', 4)]).toEqual([undefined, []]);
  });

  test('sums the bytes of one user, and names what nobody has sent, the oldest first', async () => {
    await kindOf(aFile('f_1', { at: 30 }), aFile('f_2', { at: 20, size: 5 }), aFile('f_3', { at: 20, by: 'u_bob' }));
    await kindOf(aFile('f_4', { log: 'c_1', seq: 1, size: 40, at: 1 }));

    expect(await store.fileBytes('u_ann')).toEqual({ waiting: 12, kept: 40 });
    expect(await store.fileBytes('u_eve')).toEqual({ waiting: 0, kept: 0 });
    expect((await store.filesUnsent(31, 9)).map(({ id }) => id)).toEqual(['f_2', 'f_3', 'f_1']);
    expect((await store.filesUnsent(30, 1)).map(({ id }) => id)).toEqual(['f_2']);
  });
}

function aFile(id: string, change: Partial<FileRow> = {}): Extract<Put, { table: 'file' }> {
  const plain = { id, by: 'u_ann', conversation: 'room:lobby', name: 'a.png', type: 'image/png', size: 7, at: 1 };
  return { table: 'file', row: { ...plain, ...change }, expect: 'absent' };
}
