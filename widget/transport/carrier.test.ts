import { afterEach, expect, test, vi } from 'vitest';
import { httpCarrier } from './carrier.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

type Request = (name: string, options: { readonly signal: AbortSignal }, task: () => Promise<void>) => Promise<void>;

/** Runs `task` alone in a browser whose locks answer as `request` does. */
function alone(request: Request | undefined, task: () => Promise<void>, signal = new AbortController().signal) {
  vi.stubGlobal('navigator', request ? { locks: { request } } : {});
  return httpCarrier((upload) => upload).alone('a', signal, task);
}

test('runs a task under a lock of its name, and without one where the browser has none', async () => {
  const task = vi.fn(async () => undefined);
  const request = vi.fn<Request>((_name, _options, held) => held());

  await alone(request, task);
  await alone(undefined, task);

  expect(request.mock.calls.map(([name]) => name)).toEqual(['befriend upload a']);
  expect(task).toHaveBeenCalledTimes(2);
});

test('runs a task where locks may not be used, as in a frame without an origin', async () => {
  const task = vi.fn(async () => undefined);

  await alone(() => Promise.reject(new DOMException('denied', 'SecurityError')), task);

  expect(task).toHaveBeenCalledTimes(1);
});

test('runs a task that fails once, and none that was given up while it waited', async () => {
  const task = vi.fn(() => Promise.reject(new Error('broken')));
  const none = vi.fn(async () => undefined);
  const over = AbortSignal.abort();

  const failed = alone((_name, _options, held) => held(), task);
  await expect(failed).rejects.toThrow('broken');
  const left = alone((_name, { signal }) => Promise.reject(signal.reason), none, over);
  await expect(left).rejects.toBe(over.reason);

  expect(task).toHaveBeenCalledTimes(1);
  expect(none).not.toHaveBeenCalled();
});
