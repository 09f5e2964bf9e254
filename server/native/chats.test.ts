import { expect, test } from 'vitest';
import type { Head } from '../../protocol/facts.ts';
import { Chats } from './chats.ts';
import { Line } from './line.ts';

function chats(): Chats {
  const host = { act: () => undefined } as unknown as ConstructorParameters<typeof Line>[1];
  const me = () => ({ id: 'u_kim', kind: 'colleague', name: 'Kim', verified: true }) as const;
  const line = new Line('kim@example.com', host, () => undefined);
  return new Chats({ line, friend: 'friend.example.com', account: 'kim@example.com', me });
}

function head(id: string, at: number): Head {
  return { id, kind: 'support', people: [], last: 1, at, unread: 0 } as unknown as Head;
}

test('names the cases in the order in which they were used, however they were learnt', () => {
  const known = chats();
  for (const [id, at] of [
    ['c_support_c', 30],
    ['c_support_b', 20],
    ['c_group', 25],
    ['c_support_a', 10],
  ] as const)
    known.learn(head(id, at));
  const before = known.cases();

  known.heard({ type: 'message.sent', log: 'c_support_a', seq: 2, at: 40, body: { text: 'Still here' } });
  known.heard({ type: 'message.sent', log: 'c_support_c', seq: 1, at: 5, body: { text: 'Long ago' } });

  expect(before).toEqual(['c_support_a', 'c_support_b', 'c_support_c']);
  expect(known.cases()).toEqual(['c_support_b', 'c_support_c', 'c_support_a']);
});
