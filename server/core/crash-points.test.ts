import { expect, test } from 'vitest';
import { Stage, textsOf } from '../bin/contract-stage.ts';
import type { CrashPoint } from './ports.ts';

test('passes the points in their order, and tells the same with them as without', async () => {
  const passed: CrashPoint[] = [];
  const stage = await Stage.open({ crash: (point) => passed.push(point) });
  const ann = await stage.person('ann');
  const bob = await stage.person('bob');
  await bob.ask('conversation.open', { conversation: 'room:lobby' });
  await ann.says('room:lobby', 'first');
  passed.length = 0;

  await ann.says('room:lobby', 'second');
  await bob.heard((fact) => fact.type === 'message.sent' && fact.body.text === 'second');
  await ann.quiet();

  expect(passed[0]).toBe('parsed');
  const once = passed.slice(passed.indexOf('after_commit')).filter((point) => point !== 'parsed');
  expect(once.slice(0, 3)).toEqual(['after_commit', 'mid_telling', 'answered']);
  expect(textsOf(bob.facts('c_room_lobby'))).toEqual(['first', 'second']);
});
