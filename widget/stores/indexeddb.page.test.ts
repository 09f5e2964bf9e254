import { afterEach, expect, test, vi } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { entry, outboxContract, tabsContract } from './contract.ts';
import { indexedDbOutbox } from './indexeddb.ts';

let databases = 0;

afterEach(() => {
  vi.restoreAllMocks();
});

function freshName(): string {
  databases += 1;
  return `befriend:test:${Date.now()}:${databases}`;
}

const stores = () => {
  const name = freshName();
  return {
    first: indexedDbOutbox(name, new FakeClock(), 'a tab'),
    again: () => indexedDbOutbox(name, new FakeClock(), 'another tab'),
  };
};

outboxContract('IndexedDB', stores);
tabsContract('IndexedDB', stores);

test('opens nothing before it is asked for something', async () => {
  const open = vi.spyOn(indexedDB, 'open');

  const store = indexedDbOutbox(freshName(), new FakeClock());
  expect(open).not.toHaveBeenCalled();
  await store.load();

  expect(open).toHaveBeenCalledTimes(1);
});

test('has the write on its way when the task ends that asked for it', async () => {
  const store = indexedDbOutbox(freshName(), new FakeClock());
  await store.load();
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit');

  void store.put(entry('a'));
  await Promise.resolve();
  await Promise.resolve();

  expect(commit).toHaveBeenCalledTimes(1);
});

test('keeps databases of different friends and scopes apart', async () => {
  const [ann, bob] = [freshName(), freshName()];
  await indexedDbOutbox(ann, new FakeClock()).put(entry('a'));

  expect(await indexedDbOutbox(bob, new FakeClock()).load()).toEqual([]);
});

test.each([
  ['is missing', () => vi.stubGlobal('indexedDB', undefined)],
  [
    'may not be looked at',
    () =>
      vi.spyOn(indexedDB, 'open').mockImplementation(() => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      }),
  ],
  [
    'is full',
    () =>
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
        throw new DOMException('Quota exceeded.', 'QuotaExceededError');
      }),
  ],
])('says that nothing is kept where IndexedDB %s, and goes on', async (_why, breaks) => {
  breaks();
  const clock = new FakeClock();
  const store = indexedDbOutbox(freshName(), clock);

  await store.load();
  await store.put(entry('a'));
  await store.remove('a');

  expect(store.durable).toBe(false);
  expect(clock.waiting).toBe(0);
  vi.unstubAllGlobals();
});

test('waits two seconds for a database that never answers, and no longer', async () => {
  vi.spyOn(indexedDB, 'open').mockReturnValue({} as IDBOpenDBRequest);
  const clock = new FakeClock();
  const store = indexedDbOutbox(freshName(), clock);
  const loaded = store.load();

  clock.pass(2_000);

  expect(await loaded).toEqual([]);
  expect(store.durable).toBe(false);
});

test('opens the database anew where the browser has ended the connection', async () => {
  const store = indexedDbOutbox(freshName(), new FakeClock());
  const connect = indexedDB.open.bind(indexedDB);
  let connection: IDBDatabase | undefined;
  vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    const request = connect(name, version);
    request.addEventListener('success', () => {
      connection = request.result;
    });
    return request;
  });
  await store.put(entry('a'));
  connection?.close();

  await store.put(entry('b'));

  expect(await store.load()).toEqual([entry('a'), entry('b')]);
  expect(store.durable).toBe(true);
});
