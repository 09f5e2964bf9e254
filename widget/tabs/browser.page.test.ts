import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock, StreamEvents, Transport } from '../core/ports.ts';
import { oneForAllTabs } from './browser.ts';

const clock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** A widget's end of the stream, and the socket that it would dial; two of them in one page are like two tabs. */
class Member {
  readonly seen: string[] = [];
  readonly arrived: string[] = [];
  readonly adopted: string[] = [];
  readonly tab: string = crypto.randomUUID();
  dialled = false;
  readonly transport: Transport;
  #inner: StreamEvents | undefined;

  constructor(name: string) {
    const inner: Transport = {
      open: (events) => {
        this.dialled = true;
        this.#inner = events;
        setTimeout(() => this.#inner?.up());
      },
      send: (json) => this.arrived.push(json) > 0,
      ping: () => Promise.resolve(),
      close: async () => {
        const events = this.#inner;
        this.#inner = undefined;
        events?.down('lost');
      },
    };
    const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));
    this.transport = oneForAllTabs({
      inner,
      name,
      clock,
      random,
      secret: { get: () => 'secret', set: () => undefined },
      wake: () => this.opens(),
      tab: this.tab,
      orphaned: async (tab) => void this.adopted.push(tab),
    });
    members.push(this);
  }

  opens(): void {
    this.transport.open({
      up: () => this.seen.push('up'),
      frame: (json) => this.seen.push(json),
      bounced: () => this.seen.push('bounced'),
      down: (why) => this.seen.push(why),
    });
  }

  async isUp(): Promise<void> {
    await expect.poll(() => this.seen.at(-1)).toBe('up');
  }

  hears(json: string): void {
    this.#inner?.frame(json);
  }
}

const members: Member[] = [];
let name = '';

beforeEach(() => {
  name = `befriend test ${crypto.randomUUID()}`;
});

afterEach(async () => {
  for (const { transport } of members.splice(0)) await transport.close();
});

async function two(): Promise<[Member, Member]> {
  const [leader, other] = [new Member(name), new Member(name)];
  leader.opens();
  await leader.isUp();
  other.opens();
  await other.isUp();
  return [leader, other];
}

async function held(): Promise<number> {
  const { held: locks = [], pending = [] } = await navigator.locks.query();
  return [...locks, ...pending].filter((lock) => lock.name === name).length;
}

test('shares one stream by the locks and channels of a real browser', async () => {
  const [leader, other] = await two();

  other.transport.send('{"v":1,"events":[{"id":"m1"}]}');
  await expect.poll(() => leader.arrived).toEqual(['{"v":1,"events":[{"id":"m1"}]}']);
  leader.hears('{"v":1,"events":[{"type":"ack","re":"m1"}]}');

  await expect.poll(() => other.seen).toEqual(['up', '{"v":1,"events":[{"type":"ack","re":"m1"}]}']);
  expect(leader.seen).toEqual(['up']);
  expect(other.dialled).toBe(false);
});

test('hands the stream over when the first ends, and leaves no lock behind', async () => {
  const [leader, other] = await two();

  await leader.transport.close();

  await expect.poll(() => other.seen).toEqual(['up', 'lost', 'up']);
  expect(other.dialled).toBe(true);
  await other.transport.close();
  expect(await held()).toBe(0);
});

test('steps down when its lock is stolen, and robs the thief that never answers', async () => {
  const [leader, other] = await two();

  const thief = navigator.locks.request(name, { steal: true }, () => new Promise(() => undefined));
  thief.catch(() => undefined);
  await expect.poll(() => leader.seen).toEqual(['up', 'lost']);
  const stolen = performance.now();
  await expect.poll(() => other.seen.at(-1), { timeout: 5_000 }).toBe('up');

  await expect(thief).rejects.toThrow();
  await leader.isUp();
  expect(performance.now() - stolen).toBeLessThan(3_000);
  expect([leader.dialled, other.dialled].filter(Boolean).length).toBeGreaterThan(0);
});

test('tells the others whose leavings they may take over when a tab has ended', async () => {
  const [leader, other] = await two();
  const third = new Member(name);
  third.opens();
  await third.isUp();
  const { held: locks = [] } = await navigator.locks.query();
  expect(locks.filter((lock) => lock.name?.startsWith(name))).toHaveLength(4);

  await other.transport.close();

  await expect.poll(() => [leader.adopted, third.adopted]).toEqual([[other.tab], [other.tab]]);
  expect(other.adopted).toEqual([]);
});

test('takes nothing that strangers write into its channel', async () => {
  const [, other] = await two();
  const stranger = new BroadcastChannel(name);

  for (const word of [null, 'x', ['frame', '{}', 'now', 1], ['frame', '{}', 1, 1], ['shout', '', 9e15, 9]]) {
    stranger.postMessage(word);
  }
  stranger.close();
  other.transport.send('{"v":1,"events":[{"id":"m2"}]}');
  await expect.poll(() => members[0]?.arrived).toHaveLength(1);

  expect(other.seen).toEqual(['up']);
});
