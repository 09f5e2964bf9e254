import { expect, test } from 'vitest';
import type { Action } from '../../protocol/actions.ts';
import { Outbox } from './outbox.ts';

function outboxWith(...written: readonly (readonly [id: string, ref?: string])[]): Outbox {
  const outbox = new Outbox();
  for (const [id, ref = 'support'] of written)
    outbox.add({ action: action(id), ref, text: `text of ${id}` }, () => undefined);
  return outbox;
}

function action(id: string): Action {
  return { id, type: 'message.send', at: 1, body: {} };
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

  expect(outbox.waiting[0]).not.toHaveProperty('code');
});

test('leaves what waits alone when an unknown id is refused, retried or removed', () => {
  const outbox = outboxWith(['a']);

  outbox.retry('z');
  outbox.remove('z');

  expect(outbox.refused('z', 'busy')).toBe(false);
  expect(states(outbox)).toEqual({ a: 'waiting' });
});
