import { expect, test } from 'vitest';
import { toJson } from '../../protocol/frame.ts';
import { recorder } from './recording.ts';

const at = 5;

function opened(id: string, name: string): string {
  const body = { version: 1, now: at, user: { id, name, kind: 'visitor', verified: false } };
  return toJson({ v: 1, events: [{ type: 'connection.opened', at, re: '1', body }] });
}

test('remembers the newest ten thousand of who has come and done nothing', () => {
  const lines: string[] = [];
  const step = recorder((line) => lines.push(line), at);
  const told = (user: number): void =>
    step({ kind: 'told', at, to: 'a@b/c', frame: opened(`u_${user}`, `No. ${user}`) });
  const says = (user: number): void => {
    const action = { id: `id ${user}`, type: 'message.send', at, body: { conversation: 'support', text: 'Hi' } };
    step({ kind: 'action', at, from: 'a@b/c', user: `u_${user}`, device: 'd_1', action });
  };
  for (let user = 0; user <= 10_000; user += 1) told(user);

  says(0);
  says(10_000);

  const names = lines.flatMap((line) => (JSON.parse(line) as { who?: { name: string } }).who?.name ?? []);
  expect(names).toEqual(['u_0', 'No. 10000']);
});

test('records nothing that was scheduled: a replay schedules it by itself', () => {
  const lines: string[] = [];
  const step = recorder((line) => lines.push(line), at);
  const action = { id: 'ai:c_1:3:0', type: 'order.cancel', at, body: { order: 7 } };

  step({ kind: 'action', at, from: 'inject:1', user: 'u_1', device: 'schedule', action });
  step({ kind: 'action', at, from: 'inject:2', user: 'u_1', device: 'inject:u_1', action: { ...action, id: 'other' } });

  expect(lines.filter((line) => line.includes('order.cancel'))).toHaveLength(1);
});
