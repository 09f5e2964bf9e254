import { expect, test } from 'vitest';
import { Connections } from './connections.ts';
import { Lanes } from './lanes.ts';

test('takes no more tasks than may wait for one key, and for all keys together', async () => {
  const lanes = new Lanes(2, 3);
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const done: string[] = [];
  const push = (key: string): boolean => lanes.push(key, () => gate.then(() => void done.push(key)));

  const taken = [push('a'), push('a'), push('a'), push('b'), push('b')];
  open();
  await lanes.drained();

  expect(taken).toEqual([true, true, false, true, false]);
  expect(done.sort()).toEqual(['a', 'a', 'b']);
  expect([push('b'), push('c'), push('d'), push('e')]).toEqual([true, true, true, false]);
});

test('hears at most two thousand conversations with one connection: the newest, and always its own log', () => {
  const connections = new Connections();
  const connection = connections.open({ jid: 'a@x/1', user: 'u_ann', device: 'd_ann' }, ['support']);

  for (let index = 0; index < 2_500; index += 1) connections.hear(connection, `c_${index}`);

  expect(connection.hears.size).toBe(2_000);
  expect([...connection.hears].slice(0, 3)).toEqual(['u_ann', 'support', 'c_502']);
  expect(connections.hearing('c_2499').size).toBe(1);
  expect(connections.hearing('c_0').size).toBe(0);
});
