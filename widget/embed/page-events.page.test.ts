import { afterEach, expect, test, vi } from 'vitest';
import { attend, pageEvents } from './page-events.ts';

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.restoreAllMocks();
});

function listening(): { readonly heard: string[]; readonly stop: () => void } {
  const heard: string[] = [];
  const stop = pageEvents.listen((event) => heard.push(event));
  stops.push(stop);
  return { heard, stop };
}

test('tells of the network, and of the return to the page from elsewhere and from the back/forward cache', () => {
  const { heard } = listening();

  dispatchEvent(new Event('offline'));
  dispatchEvent(new Event('online'));
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  document.dispatchEvent(new Event('visibilitychange'));

  expect(heard).toEqual(['offline', 'online', 'back', 'back']);
});

test('says nothing when the page is left', () => {
  const { heard } = listening();
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');

  document.dispatchEvent(new Event('visibilitychange'));

  expect(heard).toEqual([]);
});

test('says at once where there is no network', () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);

  const { heard } = listening();

  expect(heard).toEqual(['offline']);
});

test('says nothing any more once it was stopped', () => {
  const { heard, stop } = listening();

  stop();
  dispatchEvent(new Event('offline'));

  expect(heard).toEqual([]);
});

test('tells of what the person does, of the page out of sight, and of nothing once it was stopped', () => {
  const heard: boolean[] = [];
  const stop = attend((looked) => heard.push(looked));
  stops.push(stop);

  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }));
  const sight = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  sight.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  stop();
  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));

  expect(heard).toEqual([true, true, false, true]);
});
