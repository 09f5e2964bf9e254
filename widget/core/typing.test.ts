import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { Typing } from './typing.ts';

interface Watched {
  readonly clock: FakeClock;
  readonly typing: Typing;
  readonly sent: (readonly [string, boolean])[];
  readonly expired: (readonly [string, string])[];
}

function watched(): Watched {
  const clock = new FakeClock();
  const sent: (readonly [string, boolean])[] = [];
  const expired: (readonly [string, string])[] = [];
  const typing = new Typing(clock, {
    send: (log, on) => sent.push([log, on]),
    expired: (log, user) => expired.push([log, user]),
  });
  return { clock, typing, sent, expired };
}

const bobTypes = { conversation: 'c_1', user: 'u_bob', on: true };

test('tells that one types every three seconds, however many keys are pressed', () => {
  const { clock, typing, sent } = watched();

  for (let key = 0; key < 65; key += 1) {
    typing.wrote('c_1', false);
    clock.pass(100);
  }

  expect(sent).toEqual([
    ['c_1', true],
    ['c_1', true],
    ['c_1', true],
  ]);
});

test('tells that one stopped when nothing is left in the composer, and only then', () => {
  const { typing, sent } = watched();

  typing.wrote('c_1', true);
  typing.wrote('c_1', false);
  typing.wrote('c_1', true);
  typing.wrote('c_1', true);

  expect(sent).toEqual([
    ['c_1', true],
    ['c_1', false],
  ]);
});

test('says nothing more after the message, which says it by itself', () => {
  const { typing, sent } = watched();
  typing.wrote('c_1', false);

  typing.sent('c_1');
  typing.wrote('c_1', true);

  expect(sent).toEqual([['c_1', true]]);
});

test('says nothing about a conversation that the friend has not named yet', () => {
  const { typing, sent } = watched();

  typing.wrote('support', false);

  expect(sent).toEqual([]);
});

test('takes for stopped who was not heard of for six seconds', () => {
  const { clock, typing, expired } = watched();
  typing.heard(bobTypes);
  clock.pass(5_000);
  typing.heard(bobTypes);

  clock.pass(5_999);
  expect(expired).toEqual([]);
  clock.pass(1);

  expect(expired).toEqual([['c_1', 'u_bob']]);
});

test('waits for nobody who said that he stopped', () => {
  const { clock, typing } = watched();
  typing.heard(bobTypes);

  typing.heard({ ...bobTypes, on: false });

  expect(clock.waiting).toBe(0);
});

test('leaves no timer behind when stopped', () => {
  const { clock, typing } = watched();
  typing.heard(bobTypes);
  typing.heard({ ...bobTypes, user: 'u_cleo' });

  typing.stop();

  expect(clock.waiting).toBe(0);
});
