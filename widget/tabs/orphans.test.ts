import { beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { StagedBrowser, type StagedTab, settle } from './staged-browser.ts';

let clock: FakeClock;
let browser: StagedBrowser;

beforeEach(() => {
  clock = new FakeClock();
  browser = new StagedBrowser(clock);
});

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 50) {
    clock.pass(50);
    await settle();
  }
}

/** Three tabs that were opened one after the other; the first leads. */
async function three(): Promise<[StagedTab, StagedTab, StagedTab]> {
  const made: [StagedTab, StagedTab, StagedTab] = [browser.tab(), browser.tab(), browser.tab()];
  for (const tab of made) {
    tab.open();
    await pass(100);
  }
  return made;
}

function marking(conversation: string, more: object): string {
  const set = { id: 'm1', type: 'marker.set', at: 7, body: { conversation, ...more } };
  return JSON.stringify({ v: 1, events: [{ id: 'm0', type: 'typing.set', at: 7, body: {} }, set] });
}

function opened(user: string): string {
  const event = { type: 'connection.opened', at: 1, body: { user: { id: user } } };
  return JSON.stringify({ v: 1, events: [event] });
}

const ways: [how: string, gone: (tab: StagedTab) => void][] = [
  ['closes its widget', (tab) => void tab.transport.close()],
  ['crashes', (tab) => tab.crashes()],
  ['freezes', (tab) => tab.freezes()],
  ['goes into the back/forward cache', (tab) => tab.life.dispatchEvent(new Event('pagehide'))],
];

test.each(ways)('tells each living tab of one that %s, whether that led or followed', async (_, gone) => {
  const [leader, second, third] = await three();

  gone(second);
  await pass(100);
  expect([leader.adopted, third.adopted]).toEqual([['tab 1'], ['tab 1']]);
  gone(leader);
  await pass(100);

  expect(third.adopted).toEqual(['tab 1', 'tab 0']);
  expect([leader.adopted, second.adopted]).toEqual([['tab 1'], []]);
});

test('tells the next tab only when the one before has taken over', async () => {
  const [leader, second, third] = await three();
  const done = Promise.withResolvers<void>();
  leader.adopting = done.promise;

  second.crashes();
  await pass(1_000);
  expect([leader.adopted, third.adopted]).toEqual([['tab 1'], []]);
  done.resolve();
  await settle();

  expect(third.adopted).toEqual(['tab 1']);
});

test('tells of a tab again that came back and went for good', async () => {
  const [leader, second] = await three();
  second.life.dispatchEvent(new Event('pagehide'));
  await pass(100);
  second.life.dispatchEvent(new Event('pageshow'));
  await pass(2_000);
  expect(leader.adopted).toEqual(['tab 1']);

  second.crashes();
  await pass(100);

  expect(leader.adopted).toEqual(['tab 1', 'tab 1']);
});

test('tells of nobody while all live, whoever leads and whatever becomes of the stream', async () => {
  const all = await three();

  all[0].cut();
  await pass(6_000);
  all[0].cut('broken');
  await pass(20_000);

  expect(all.map(({ adopted }) => adopted)).toEqual([[], [], []]);
});

test('leaves everybody alone where locks are refused', async () => {
  browser.refusesLocks = true;
  const [first, second] = await three();

  second.crashes();
  await pass(2_000);

  expect(first.adopted).toEqual([]);
});

test('tells all other tabs how far the person has read in one, whichever that is', async () => {
  const [leader, second, third] = await three();
  browser.says(opened('u_me'));
  await settle();
  for (const tab of [leader, second, third]) tab.seen.length = 0;

  second.transport.send(marking('c_1', { read: 5, delivered: 6 }));
  leader.transport.send(marking('c_2', { read: 9 }));
  await settle();

  const read = (tab: StagedTab): object[] => tab.seen.flatMap((json) => JSON.parse(json).events);
  const inSecond = { type: 'marker.moved', at: 7, body: { conversation: 'c_1', user: 'u_me', read: 5, delivered: 6 } };
  const inLeader = { type: 'marker.moved', at: 7, body: { conversation: 'c_2', user: 'u_me', read: 9 } };
  expect(read(leader)).toEqual([inSecond]);
  expect(read(second)).toEqual([inLeader]);
  expect(read(third)).toEqual([inSecond, inLeader]);
  expect(browser.arrived).toHaveLength(2);
});
