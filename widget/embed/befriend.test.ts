import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** Made by the build, and of no interest to the verbs. */
vi.mock('virtual:app', () => ({ loadFrom: () => ({}) }));

interface Api {
  (verb: string, ...args: unknown[]): unknown;
  readonly all?: unknown[];
}

/** Runs the script as a page without any tag of ours would, with what the page has put into `befriend` before. */
async function run(before?: unknown): Promise<Api> {
  const page: { befriend?: unknown } = { befriend: before };
  vi.stubGlobal('window', page);
  await import('./befriend.ts');
  return page.befriend as Api;
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('document', { body: {}, currentScript: null });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('names the verbs that exist when one is misspelt', async () => {
  const befriend = await run();

  expect(() => befriend('opne')).toThrow(
    'befriend("opne") does not exist. Try: open, toggle, compose, send, conversation, identify, logout, emit, ' +
      'close, show, hide, ready, attributes, locale, theme, adoptStyles, icons, render, page, track, unread, consent, on, destroy',
  );
});

test('takes no name of every object for a verb', async () => {
  const befriend = await run();

  expect(() => befriend('toString')).toThrow('does not exist');
  expect(() => befriend('__proto__')).toThrow('does not exist');
});

test('runs what was called before it came, also behind a mistake', async () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const early = Object.assign(() => undefined, { q: [['shout'], ['whisper']] });

  await run(early);

  const said = complaints.mock.calls.map(([error]) => String(error));
  expect(said).toEqual([expect.stringContaining('befriend("shout")'), expect.stringContaining('befriend("whisper")')]);
});

test('leaves the one that stands already in its place when the script comes a second time', async () => {
  const first = await run();
  vi.resetModules();

  const second = await run(first);

  expect(second).toBe(first);
  expect(second.all).toEqual([]);
});
