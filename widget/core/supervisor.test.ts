import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { chance, StagedFriend, tick } from './staged-friend.ts';
import { Supervisor } from './supervisor.ts';

interface Supervised {
  readonly friend: StagedFriend;
  readonly clock: FakeClock;
  readonly supervisor: Supervisor;
  readonly states: string[];
}

function supervised(share = 0.5): Supervised {
  const friend = new StagedFriend();
  const clock = new FakeClock();
  const states: string[] = [];
  const supervisor = new Supervisor(friend.transport, clock, chance(share), {
    state: (state) => states.push(state),
    up: () => states.push('up'),
    frame: () => undefined,
    bounced: () => undefined,
    alive: () => states.push('alive'),
  });
  return { friend, clock, supervisor, states };
}

/** Lets time pass in steps that leave room for answers. */
async function passes(clock: FakeClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    clock.pass(1_000);
    await tick();
  }
}

test('dials once, however often it is told to', () => {
  const { friend, supervisor } = supervised();

  supervisor.now();
  supervisor.now();
  friend.up();
  supervisor.now();

  expect(friend.dials).toBe(1);
});

test.each([
  { share: 0, ms: 0 },
  { share: 0.25, ms: 2_500 },
  { share: 0.5, ms: 5_000 },
  { share: 0.9999, ms: 9_999 },
])('spreads the first try after a loss over ten seconds: $share of the span is $ms ms', ({ share, ms }) => {
  const { friend, clock, supervisor } = supervised(share);
  supervisor.now();
  friend.up();

  friend.ends('lost');

  if (ms > 0) clock.pass(ms - 1);
  expect(friend.dials).toBe(1);
  clock.pass(1);
  expect(friend.dials).toBe(2);
});

test('dials at once when the person acts, and only once', () => {
  const { friend, clock, supervisor } = supervised();
  supervisor.now();
  friend.up();
  friend.ends('lost');

  supervisor.now();
  friend.up();
  clock.pass(60_000);

  expect(friend.dials).toBe(2);
});

test('waits longer after each failure where there never was a stream: one second first, thirty at most', () => {
  const { friend, clock, supervisor } = supervised(0.9999);
  const started = clock.now();
  const dialled: number[] = [];
  supervisor.now();
  for (let failure = 0; failure < 8; failure += 1) {
    friend.ends('lost');
    const before = friend.dials;
    while (friend.dials === before) clock.pass(1);
    dialled.push(clock.now() - started - dialled.reduce((sum, span) => sum + span, 0));
  }

  expect(dialled.map((span) => Math.round(span / 1_000))).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
});

test('never tries within a shorter span than the first, where a stream was lost: a crowd that fails stays spread', () => {
  const { friend, clock, supervisor } = supervised(0.9999);
  const spans: number[] = [];
  supervisor.now();
  friend.up();
  for (let failure = 0; failure < 7; failure += 1) {
    const [began, before] = [clock.now(), friend.dials];
    friend.ends('lost');
    while (friend.dials === before) clock.pass(1);
    spans.push(Math.round((clock.now() - began) / 1_000));
  }

  expect(spans).toEqual([10, 10, 10, 10, 16, 30, 30]);
});

test('begins anew with the first span after a stream was up', () => {
  const { friend, clock, supervisor } = supervised();
  supervisor.now();
  friend.ends('lost');
  clock.pass(500);
  friend.up();

  friend.ends('lost');
  clock.pass(4_999);
  expect(friend.dials).toBe(2);
  clock.pass(1);

  expect(friend.dials).toBe(3);
});

test('does not try again by itself where that cannot help', () => {
  const { friend, clock, supervisor, states } = supervised();
  supervisor.now();

  friend.ends('refused');
  clock.pass(3_600_000);

  expect(friend.dials).toBe(1);
  expect(states).toEqual(['connecting', 'refused']);
});

test('gives up a stream that answers no more, and dials at once', async () => {
  const { friend, supervisor, states } = supervised();
  supervisor.now();
  friend.up();

  supervisor.renew();
  await Promise.resolve();
  await Promise.resolve();

  expect(friend.dials).toBe(2);
  expect(states).toEqual(['connecting', 'up', 'connecting']);
});

test('leaves no timer behind and never dials again once stopped', async () => {
  const { friend, clock, supervisor } = supervised();
  supervisor.now();
  friend.ends('lost');

  await supervisor.stop();
  supervisor.now();

  expect(clock.waiting).toBe(0);
  expect(friend.dials).toBe(1);
});

test('dials at once when the page is looked at again, and never before the first intent', () => {
  const { friend, supervisor } = supervised();
  supervisor.probe();
  expect(friend.dials).toBe(0);
  supervisor.now();
  friend.up();
  friend.ends('lost');

  supervisor.probe();

  expect(friend.dials).toBe(2);
});

test('asks the server when the page is looked at again, and keeps a stream on which it answers', async () => {
  const { friend, clock, supervisor, states } = supervised();
  supervisor.now();
  friend.up();

  supervisor.probe();
  await tick();
  clock.pass(20_000);

  expect(friend.pings).toBeGreaterThan(0);
  expect(friend.dials).toBe(1);
  expect(states).toEqual(expect.arrayContaining(['alive']));
});

test('dials at once when a stream turns out dead on the return to the page', () => {
  const { friend, clock, supervisor } = supervised();
  friend.answersPings = false;
  supervisor.now();
  friend.up();
  supervisor.probe();

  friend.ends('lost');
  clock.pass(1);

  expect(friend.dials).toBe(2);
});

test.each([
  { use: 'in use', rest: 0, within: 10_000 },
  { use: 'idle', rest: 130_000, within: 90_000 },
])('sees a half-open stream within $within ms while the panel is $use', async ({ rest, within }) => {
  const { friend, clock, supervisor } = supervised();
  supervisor.now();
  friend.up();
  await passes(clock, rest);
  friend.answersPings = false;
  const { dials } = friend;

  await passes(clock, within);

  expect({ before: dials, after: friend.dials }).toEqual({ before: 1, after: 2 });
});

test('looks at once at a stream that rested, when the person does something', async () => {
  const { friend, clock, supervisor } = supervised();
  supervisor.now();
  friend.up();
  await passes(clock, 300_000);
  friend.answersPings = false;

  supervisor.now();
  clock.pass(4_000);
  await tick();

  expect(friend.dials).toBe(2);
});

test('asks once a minute where nobody uses the panel', async () => {
  const { friend, clock, supervisor } = supervised();
  supervisor.now();
  friend.up();
  await passes(clock, 200_000);
  const before = friend.pings;

  await passes(clock, 600_000);

  expect(friend.pings - before).toBe(10);
});

test('takes anything that comes for a sign of life', () => {
  const { friend, clock, supervisor } = supervised();
  friend.answersPings = false;
  supervisor.now();
  friend.up();

  for (let second = 0; second < 60; second += 1) {
    clock.pass(1_000);
    friend.tells({});
  }

  expect(friend.dials).toBe(1);
});
