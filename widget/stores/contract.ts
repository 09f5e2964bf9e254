import { expect, test } from 'vitest';
import type { OutboxStore, StoredAction } from '../core/ports.ts';

/** An entry as the chat writes it. */
export function entry(id: string, more: Partial<StoredAction> = {}): StoredAction {
  const action = { id, type: 'message.send', at: 1, body: { conversation: 'support', text: id } } as const;
  return { action, ref: 'support', text: id, ...more };
}

/** What the files hold that wait with these entries. */
async function bytesIn(entries: readonly StoredAction[]): Promise<string[]> {
  const files = entries.flatMap(
    ({ extras }) => (extras as { readonly files: readonly { readonly blob: Blob }[] }).files,
  );
  return Promise.all(files.map(({ blob }) => blob.text()));
}

type Stores = () => { first: OutboxStore; again: () => OutboxStore };

/** What every outbox store keeps to. `again` opens what `first`, a tab, has kept: as another tab, in a later page. */
export function outboxContract(adapter: string, stores: Stores): void {
  test(`${adapter}: gives what was put back to a later page, in the order of the putting`, async () => {
    const { first, again } = stores();

    await Promise.all(['z', 'a', 'm'].map((id) => first.put(entry(id))));

    expect(await again().load()).toEqual([entry('z'), entry('a'), entry('m')]);
  });

  test(`${adapter}: replaces an entry in its place`, async () => {
    const { first, again } = stores();
    await first.put(entry('a'));
    await first.put(entry('b'));

    await first.put(entry('a', { code: 'schema' }));

    expect(await again().load()).toEqual([entry('a', { code: 'schema' }), entry('b')]);
  });

  test(`${adapter}: replaces and removes what an earlier page has put`, async () => {
    const { first, again } = stores();
    for (const id of ['a', 'b', 'c']) await first.put(entry(id));
    const later = again();
    await later.load();

    await later.put(entry('a', { code: 'schema' }));
    await later.remove('b');

    expect(await again().load()).toEqual([entry('a', { code: 'schema' }), entry('c')]);
  });

  test(`${adapter}: gives a file back with its bytes, or says that a reload forgets it`, async () => {
    const { first, again } = stores();
    const file = { id: 'f_1', name: 'list.txt', type: 'text/plain', size: 4, blob: new Blob(['milk']) };

    await first.put(entry('a', { extras: { files: [file] } }));

    expect(await bytesIn(await first.load())).toEqual(['milk']);
    const later = await bytesIn(await again().load());
    expect(first.durable ? later : ['milk']).toEqual(['milk']);
    expect(first.durable || later.length === 0).toBe(true);
  });

  test(`${adapter}: takes the removal of what it does not hold`, async () => {
    const { first, again } = stores();
    await first.put(entry('a'));

    await first.remove('unknown');

    expect(await again().load()).toEqual([entry('a')]);
    expect(first.durable).toBe(true);
  });

  test(`${adapter}: forgets everything, whoever has put it, and keeps what is put after that`, async () => {
    const { first, again } = stores();
    await first.put(entry('a'));
    const other = again();
    await other.put(entry('z'));

    await first.clear();
    await first.put(entry('a'));

    expect((await again().load()).map(({ action }) => action.id)).toEqual(['a']);
  });
}

/** What a store keeps to that all tabs of a browser share. */
export function tabsContract(adapter: string, stores: Stores): void {
  test(`${adapter}: tells what one tab has left, and whose it is after another has put it`, async () => {
    const { first, again } = stores();
    for (const id of ['a', 'b', 'c']) await first.put(entry(id, { struck: true }));
    const other = again();
    await other.put(entry('z'));

    const left = await other.load('a tab');
    for (const one of left.slice(1)) await other.put(one);

    expect(left.map(({ action }) => action.id)).toEqual(['a', 'b', 'c']);
    expect(left[0]).toEqual(entry('a', { struck: true }));
    expect((await again().load('a tab')).map(({ action }) => action.id)).toEqual(['a']);
    expect((await again().load()).map(({ action }) => action.id)).toEqual(['a', 'b', 'c', 'z']);
  });
}
