import { expect, test } from 'vitest';
import type { OutboxStore, StoredAction } from '../core/ports.ts';

/** An entry as the chat writes it. */
export function entry(id: string, more: Partial<StoredAction> = {}): StoredAction {
  const action = { id, type: 'message.send', at: 1, body: { conversation: 'support', text: id } } as const;
  return { action, ref: 'support', text: id, ...more };
}

/** What every outbox store keeps to. `again` opens what `first`, a tab, has kept: as another tab, in a later page. */
export function outboxContract(adapter: string, stores: () => { first: OutboxStore; again: () => OutboxStore }): void {
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
