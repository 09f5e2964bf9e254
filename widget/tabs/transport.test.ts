import { beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { StagedBrowser, type StagedTab, settle } from './staged-browser.ts';

let clock: FakeClock;
let browser: StagedBrowser;

beforeEach(() => {
  clock = new FakeClock();
  browser = new StagedBrowser(clock);
});

/** Time passes in small steps, and what it brings about happens. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 50) {
    clock.pass(Math.min(50, ms - passed));
    await settle();
  }
}

/** Tabs that were opened one after the other and are all up. */
async function tabs(count: number): Promise<StagedTab[]> {
  const made = Array.from({ length: count }, () => browser.tab());
  for (const tab of made) {
    tab.open();
    await pass(100);
  }
  expect(made.map((tab) => tab.up)).toEqual(made.map(() => true));
  return made;
}

function saying(id: string): string {
  return JSON.stringify({ v: 1, events: [{ id, type: 'message.send', at: 1, body: {} }] });
}

test('dials once for all tabs, and each sends through the one socket', async () => {
  const [first, second, third] = (await tabs(3)) as [StagedTab, StagedTab, StagedTab];

  const taken = [first, second, third].map((tab, index) => tab.transport.send(saying(`m${index}`)));
  await settle();

  expect(browser.dials).toBe(1);
  expect(taken).toEqual([true, true, true]);
  expect(browser.arrived.map(({ through }) => through)).toEqual([first, first, first]);
  expect(browser.arrived.map(({ json }) => json)).toEqual(['m0', 'm1', 'm2'].map(saying));
});

test('hands every frame and every bounce to all tabs', async () => {
  const all = await tabs(3);

  browser.says('{"v":1,"events":[{"type":"typing.changed"}]}');
  all[0]?.bounces();
  await settle();

  for (const tab of all)
    expect(tab.seen.slice(-2)).toEqual(['{"v":1,"events":[{"type":"typing.changed"}]}', 'bounced']);
});

test('gives all tabs the device secret of the one that leads, before any of them is up', async () => {
  const all = Array.from({ length: 3 }, () => browser.tab());

  for (const tab of all) tab.open();
  await pass(200);

  expect(all.map((tab) => tab.up)).toEqual([true, true, true]);
  expect(all.map((tab) => tab.secret)).toEqual(Array.from(all, () => 'made by tab 0'));
});

test('asks the browser for nothing before the first opening', async () => {
  const tab = browser.tab();

  await pass(5_000);

  expect(tab.channels.size).toBe(0);
  expect(clock.waiting).toBe(0);
});

test('keeps tabs of another name apart', async () => {
  const [mine] = await tabs(1);
  const other = browser.tab('another friend');
  other.open();
  await pass(200);

  mine?.transport.send(saying('mine'));
  browser.sockets[1]?.hears('{"v":1,"events":[{"type":"for the other"}]}');
  await settle();

  expect(browser.dials).toBe(2);
  expect(mine?.seen).toEqual(['open', 'up']);
  expect(other.seen.slice(2)).toEqual(['{"v":1,"events":[{"type":"for the other"}]}']);
});

const ways: [how: string, gone: (tab: StagedTab) => void, within: number][] = [
  ['closes its widget', (tab) => void tab.transport.close(), 100],
  ['crashes', (tab) => tab.crashes(), 100],
  ['freezes', (tab) => tab.freezes(), 100],
  ['goes into the back/forward cache', (tab) => tab.life.dispatchEvent(new Event('pagehide')), 100],
  ['falls silent', (tab) => tab.freezesSilently(), 2_300],
];

test.each(ways)('replaces a leader that %s', async (_, gone, within) => {
  const [leader, second, third] = (await tabs(3)) as [StagedTab, StagedTab, StagedTab];

  gone(leader);
  await pass(within);

  expect([second.up, third.up]).toEqual([true, true]);
  expect(third.transport.send(saying('m1'))).toBe(true);
  await settle();
  expect(browser.arrived.map(({ through }) => through)).toEqual([second]);
  expect(second.seen).toEqual(['open', 'up', 'lost', 'open', 'up']);
});

test('ends the stream of a leader that was robbed, once it thaws, and lets it follow', async () => {
  const [leader, second] = (await tabs(2)) as [StagedTab, StagedTab];
  leader.freezesSilently();
  await pass(2_500);

  leader.thaws();
  await pass(100);

  expect(browser.sockets).toEqual([second]);
  expect(leader.seen).toEqual(['open', 'up', 'lost', 'open', 'up']);
  leader.transport.send(saying('m1'));
  await settle();
  expect(browser.arrived.map(({ through }) => through)).toEqual([second]);
});

test('comes back from the back/forward cache as one of those who follow', async () => {
  const [leader, second] = (await tabs(2)) as [StagedTab, StagedTab];
  leader.life.dispatchEvent(new Event('pagehide'));
  await pass(6_000);
  expect(leader.up).toBe(false);

  leader.life.dispatchEvent(new Event('pageshow'));
  await pass(100);

  expect(leader.up).toBe(true);
  expect(browser.sockets).toEqual([second]);
});

test('never robs a leader that answers, also where all timers of the leader sleep', async () => {
  const [leader] = await tabs(3);

  await pass(60_000);

  expect(browser.sockets).toEqual([leader]);
  expect(browser.dials).toBe(1);
});

test('tells every tab when the stream ends, and brings all of them back with one dialling', async () => {
  const all = await tabs(3);

  all[0]?.cut();
  await settle();
  expect(all.map((tab) => tab.transport.send(saying('into the void')))).toEqual([false, false, false]);
  await pass(6_000);

  expect(browser.dials).toBe(2);
  for (const tab of all) expect(tab.seen).toEqual(['open', 'up', 'lost', 'open', 'up']);
});

test('tells every tab that trying again does not help', async () => {
  const all = await tabs(2);

  all[0]?.cut('refused');
  await pass(30_000);

  expect(browser.dials).toBe(1);
  for (const tab of all) expect(tab.seen).toEqual(['open', 'up', 'refused']);
});

test('dials at once where the person acts in a tab that follows', async () => {
  const [leader, second] = (await tabs(2)) as [StagedTab, StagedTab];
  leader.cut();
  await pass(1_000);

  second.open();
  await pass(100);

  expect([leader.up, second.up]).toEqual([true, true]);
  expect(browser.sockets).toEqual([leader]);
});

test('leaves the dialling to the leader while nobody looks, and asks for it when somebody does', async () => {
  const [leader, second] = (await tabs(2)) as [StagedTab, StagedTab];
  second.visible = false;
  leader.cut();
  await pass(1_000);
  second.open();
  await pass(100);
  expect(browser.dials).toBe(1);

  second.visible = true;
  second.life.dispatchEvent(new Event('visibilitychange'));
  await pass(100);

  expect([leader.up, second.up]).toEqual([true, true]);
});

test('gives the stream up for all when a tab that follows finds that it answers no more', async () => {
  const [leader, second] = (await tabs(2)) as [StagedTab, StagedTab];

  await second.transport.close();
  second.seen.length = 0;
  second.open();
  await pass(100);

  expect(browser.dials).toBe(2);
  expect(browser.sockets).toEqual([leader]);
  expect([leader.up, second.up]).toEqual([true, true]);
});

test('leaves the stream to the others when one ends for good', async () => {
  const [leader, second] = (await tabs(2)) as [StagedTab, StagedTab];

  await second.transport.close();
  await pass(4_000);

  expect(browser.dials).toBe(1);
  expect(leader.up).toBe(true);
});

test('lets a tab that follows ask the server for a sign of life', async () => {
  const [, second] = (await tabs(2)) as [StagedTab, StagedTab];
  let answered = false;

  void second.transport.ping().then(() => {
    answered = true;
  });
  await settle();

  expect(answered).toBe(true);
});

test('dials for itself where the browser refuses locks', async () => {
  browser.refusesLocks = true;
  const [first, second] = await tabs(2);

  expect(browser.sockets).toEqual([first, second]);
});

test('gives an opening up in time where no leader answers', async () => {
  browser.reachable = false;
  const tab = browser.tab();
  const hidden = browser.tab();
  hidden.visible = false;

  tab.open();
  hidden.open();
  await pass(20_000);

  expect(hidden.seen).toContain('lost');
  expect(tab.seen.filter((entry) => entry === 'open').length).toBeGreaterThan(2);
});
