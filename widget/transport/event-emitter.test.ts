import { EventEmitter as NodeEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { EventEmitter } from './event-emitter.ts';

/** What both emitters must agree on: the calls that each listener got, and what `emit` returned. */
function walk(emitter: EventEmitter | NodeEmitter): unknown[] {
  const seen: unknown[] = [];
  const each = (...args: readonly unknown[]): void => void seen.push(['each', ...args]);
  const once = (...args: readonly unknown[]): void => void seen.push(['once', ...args]);
  seen.push(emitter.emit('data', 0));
  emitter
    .on('data', each)
    .once('data', once)
    .addListener('data', () => emitter.removeListener('data', each));
  seen.push(emitter.emit('data', 1, 'a'), emitter.emit('data', 2));
  emitter.once('gone', once).removeListener('gone', once);
  seen.push(emitter.emit('gone'));
  return seen;
}

test('does what Node’s emitter does, in the calls that are made', () => {
  const [ours, theirs] = [new EventEmitter(), new NodeEmitter()];

  const seen = walk(ours);

  expect(seen).toEqual(walk(theirs));
});

test('throws an error that nobody hears', () => {
  const emitter = new EventEmitter();

  const emit = (): boolean => emitter.emit('error', new TypeError('unheard'));

  expect(emit).toThrow('unheard');
});
