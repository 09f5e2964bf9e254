import { expect, test } from 'vitest';
import { type Connection, Connections } from './connections.ts';

const ann = { jid: 'ann@example.com/tab', user: 'u_ann', device: 'd_ann' };

function hearing(count: number): { connections: Connections; connection: Connection } {
  const connections = new Connections();
  const connection = connections.open(ann, ['support']);
  for (let index = connection.hears.size; index < count; index += 1) connections.hear(connection, `c_${index}`);
  return { connections, connection };
}

test('lets go first what is only looked at, then the conversation that was heard first, and never the own log', () => {
  const { connections, connection } = hearing(1_999);
  connections.hear(connection, 'page:c_2');

  connections.hear(connection, 'c_new');
  const before = connections.hearing('c_2').size;
  connections.hear(connection, 'c_newer');

  expect(before).toBe(1);
  expect(['page:c_2', 'c_2', 'c_3', 'c_newer', 'support', 'u_ann'].map((one) => connections.hearing(one).size)).toEqual(
    [...[0, 0, 1, 1, 1, 1]],
  );
  expect(connection.hears.size).toBe(2_000);
});

test('hears no topic any more that starts so, and tells who watches it', () => {
  const { connections } = hearing(5);
  const counts: number[] = [];
  connections.watch('c_3', (count) => counts.push(count));

  connections.unhearAll(ann.jid, 'c_');
  connections.unhearAll('bob@example.com/tab', 'c_');

  expect([...(connections.get(ann.jid)?.hears ?? [])]).toEqual(['u_ann', 'support']);
  expect(counts).toEqual([0]);
});
