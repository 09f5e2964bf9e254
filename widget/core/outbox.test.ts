import { expect, test } from 'vitest';
import type { Action } from '../../protocol/actions.ts';
import { memoryOutbox } from '../stores/memory.ts';
import { Outbox } from './outbox.ts';
import type { StoredAction } from './ports.ts';

function outboxWith(...written: readonly (readonly [id: string, ref?: string])[]): Outbox {
  const outbox = new Outbox();
  for (const [id, ref = 'support'] of written)
    outbox.add({ action: action(id), ref, text: `text of ${id}` }, () => undefined);
  return outbox;
}

function action(id: string): Action {
  return { id, type: 'message.send', at: 1, body: {} };
}

/** Hands over all that waits, and lets the stream go down on it. */
function dies(outbox: Outbox): readonly string[] {
  const taken = outbox.take().map(({ id }) => id);
  outbox.died();
  return taken;
}

function links(actions: readonly Action[]): (readonly [string, string | undefined])[] {
  return actions.map(({ id, after }) => [id, after]);
}

function states(outbox: Outbox): Record<string, string> {
  return Object.fromEntries(outbox.waiting.map(({ id, state }) => [id, state]));
}

test('hands over in order, each naming its unanswered predecessor in the same conversation', () => {
  const outbox = outboxWith(['a'], ['b', 'room:lobby'], ['c'], ['d', 'room:lobby']);

  const taken = outbox.take();

  expect(links(taken)).toEqual([
    ['a', undefined],
    ['b', undefined],
    ['c', 'a'],
    ['d', 'b'],
  ]);
});

test('hands nothing over twice while an answer is due', () => {
  const outbox = outboxWith(['a']);
  outbox.take();

  const again = outbox.take();

  expect(again).toEqual([]);
  expect(outbox.sending).toBe(true);
});

test('names no predecessor once it was stored', () => {
  const outbox = outboxWith(['a'], ['b']);
  outbox.take();
  outbox.remove('a');
  outbox.requeue();

  const taken = outbox.take();

  expect(links(taken)).toEqual([['b', undefined]]);
});

test('sets aside what is refused for good, and links its successor to the one before', () => {
  const outbox = outboxWith(['a'], ['b'], ['c']);
  outbox.take();

  const worthAnother = [outbox.refused('b', 'schema'), outbox.refused('c', 'early')];

  expect(worthAnother).toEqual([false, true]);
  expect(states(outbox)).toEqual({ a: 'sending', b: 'failed', c: 'waiting' });
  expect(links(outbox.take())).toEqual([['c', 'a']]);
});

test('keeps what is refused for now, with its id and its place', () => {
  const outbox = outboxWith(['a'], ['b']);
  outbox.take();

  const worthAnother = outbox.refused('a', 'storage');

  expect(worthAnother).toBe(true);
  expect(links(outbox.take())).toEqual([['a', undefined]]);
  expect(outbox.waiting.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('keeps what is refused by a code of tomorrow', () => {
  const outbox = outboxWith(['a']);
  outbox.take();

  expect(outbox.refused('a', 'too_sunny')).toBe(true);
});

test('sends what failed again when the person asks, and forgets it when the person says so', () => {
  const outbox = outboxWith(['a'], ['b']);
  outbox.take();
  outbox.refused('a', 'not_found');
  outbox.refused('b', 'not_found');

  outbox.retry('a');
  outbox.remove('b');

  expect(states(outbox)).toEqual({ a: 'waiting' });
  expect(links(outbox.take())).toEqual([['a', undefined]]);
});

test('says why something failed, and no more once it is tried again', () => {
  const outbox = outboxWith(['a']);
  outbox.take();
  outbox.refused('a', 'too_large');
  expect(outbox.waiting[0]).toMatchObject({ state: 'failed', code: 'too_large' });

  outbox.retry('a');

  expect(outbox.waiting[0]?.code).toBeUndefined();
});

test('leaves what waits alone when an unknown id is refused, retried or removed', () => {
  const outbox = outboxWith(['a']);

  outbox.retry('z');
  outbox.remove('z');

  expect(outbox.refused('z', 'busy')).toBe(false);
  expect(states(outbox)).toEqual({ a: 'waiting' });
});

test('hands over one at a time what may have ended a stream, until each is answered', () => {
  const outbox = outboxWith(['a'], ['b'], ['c']);
  dies(outbox);

  const first = outbox.take();
  const meanwhile = outbox.take();
  outbox.remove('a');
  const second = outbox.take();

  expect(links(first)).toEqual([['a', undefined]]);
  expect(meanwhile).toEqual([]);
  expect(links(second)).toEqual([['b', undefined]]);
});

test('sets aside what ended two streams in a row, and sends the rest', () => {
  const outbox = outboxWith(['a'], ['b'], ['c']);
  dies(outbox);
  outbox.take();
  outbox.remove('a');

  const second = dies(outbox);

  expect(second).toEqual(['b']);
  expect(outbox.waiting).toMatchObject([
    { id: 'b', state: 'failed', code: 'unsendable' },
    { id: 'c', state: 'waiting' },
  ]);
  expect(links(outbox.take())).toEqual([['c', undefined]]);
  outbox.remove('c');
  expect(outbox.suspicious).toBe(false);
});

test.each([
  ['came back', (outbox: Outbox) => outbox.requeue()],
  ['was refused for now', (outbox: Outbox) => outbox.refused('a', 'busy')],
])('suspects nothing that %s in between: the stream outlived it', (_what, survives) => {
  const outbox = outboxWith(['a']);
  dies(outbox);
  outbox.take();
  survives(outbox);

  const again = dies(outbox);

  expect(again).toEqual(['a']);
  expect(states(outbox)).toEqual({ a: 'waiting' });
});

test('suspects nothing that a person sends again', () => {
  const outbox = outboxWith(['a'], ['b']);
  dies(outbox);
  dies(outbox);
  outbox.take();
  outbox.remove('b');

  outbox.retry('a');
  dies(outbox);

  expect(states(outbox)).toEqual({ a: 'waiting' });
});

test('takes over what another tab has left, behind its own, and keeps it as its own', async () => {
  const rows = new Map<string, StoredAction>();
  const [gone, other] = [memoryOutbox(rows, 'gone'), memoryOutbox(rows, 'other')];
  for (const id of ['a', 'b']) await gone.put({ action: action(id), ref: 'support', text: id });
  await gone.put({ action: action('c'), ref: 'support', text: 'c', code: 'not_found' });
  await other.put({ action: action('d'), ref: 'support', text: 'd' });
  await gone.remove('b');
  const outbox = new Outbox(memoryOutbox(rows, 'mine'));
  let shown = 0;

  await outbox.adopt('gone', () => {
    shown += 1;
  });

  expect(states(outbox)).toEqual({ a: 'waiting', c: 'failed' });
  expect(links(outbox.take())).toEqual([['a', undefined]]);
  expect((await memoryOutbox(rows).load('mine')).map((entry) => entry.action.id)).toEqual(['a', 'c']);
  expect(shown).toBe(1);
});

test('remembers over a reload what was on its way when a stream was ended because of it', async () => {
  const rows = new Map<string, StoredAction>();
  const reloaded = async (): Promise<Outbox> => {
    const outbox = new Outbox(memoryOutbox(rows));
    await new Promise<void>((resolve) => outbox.load(resolve));
    return outbox;
  };
  for (const id of ['a', 'b']) await memoryOutbox(rows).put({ action: action(id), ref: 'support', text: id });
  dies(await reloaded());

  const outbox = await reloaded();
  const second = dies(outbox);

  expect(second).toEqual(['a']);
  expect(outbox.waiting).toMatchObject([
    { id: 'a', state: 'failed', code: 'unsendable' },
    { id: 'b', state: 'waiting' },
  ]);
  outbox.take();
  outbox.requeue();
  expect((await reloaded()).suspicious).toBe(false);
});

test('links by the conversation, whatever it was called when something was written', () => {
  const ids: Record<string, string> = { support: 'c_support_1' };
  const outbox = new Outbox(undefined, (ref) => ids[ref] ?? ref);
  for (const [id, ref] of [
    ['a', 'support'],
    ['b', 'c_2'],
    ['c', 'c_support_1'],
  ] as const)
    outbox.add({ action: action(id), ref, text: id }, () => undefined);

  expect(links(outbox.take())).toEqual([
    ['a', undefined],
    ['b', undefined],
    ['c', 'a'],
  ]);
});

test('links to the last of all while it is not known which names mean the same conversation', () => {
  const outbox = outboxWith(['a', 'support'], ['b', 'c_2'], ['c', 'c_support_1']);

  expect(links(outbox.take())).toEqual([
    ['a', undefined],
    ['b', 'a'],
    ['c', 'b'],
  ]);
});

test('keeps a wish out of sight, in its own order, and drops it once it is refused for good', () => {
  const outbox = outboxWith(['a', 'c_1']);
  for (const id of ['w1', 'w2']) outbox.add({ action: action(id), ref: '' }, () => undefined);

  const taken = outbox.take();
  outbox.refused('w1', 'forbidden_for_now');
  outbox.refused('w2', 'not_found');

  expect(links(taken)).toEqual([
    ['a', undefined],
    ['w1', undefined],
    ['w2', 'w1'],
  ]);
  expect(outbox.waiting.map(({ id }) => id)).toEqual(['a']);
  expect([outbox.has('w1'), outbox.has('w2')]).toEqual([true, false]);
});

test('shows nothing of who has left, though it was being written when he did', async () => {
  const outbox = new Outbox(undefined);
  const written = Promise.withResolvers<void>();
  outbox.store = { ...memoryOutbox(), put: () => written.promise };
  outbox.add({ action: action('a'), ref: 'support', text: 'mine' }, () => undefined);

  const cleared = outbox.clear();
  written.resolve();
  await cleared;
  await new Promise((resolve) => setTimeout(resolve));

  expect([outbox.take(), outbox.waiting]).toEqual([[], []]);
});
