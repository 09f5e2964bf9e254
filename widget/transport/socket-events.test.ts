import { EventEmitter as NodeEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { EventEmitter, listeners } from './socket-events.ts';

/** What both emitters must agree on: the calls that each listener got, and what `emit` returned. */
function walk(emitter: EventEmitter | NodeEmitter): unknown[] {
  const seen: unknown[] = [];
  seen.push(emitter.emit('data', 0));
  emitter
    .on('data', (...args: readonly unknown[]) => void seen.push(['one', ...args]))
    .on('data', (...args: readonly unknown[]) => void seen.push(['other', ...args]));
  seen.push(emitter.emit('data', 1, 'a'), emitter.emit('gone'));
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

test('listens to a target from when it is told to until it is told to stop', () => {
  const heard: string[] = [];
  const [target, all] = [new EventTarget(), listeners({ open: ({ type }) => heard.push(type) })];

  target.dispatchEvent(new Event('open'));
  all.subscribe(target);
  target.dispatchEvent(new Event('open'));
  all.unsubscribe(target);
  target.dispatchEvent(new Event('open'));

  expect(heard).toEqual(['open']);
});
