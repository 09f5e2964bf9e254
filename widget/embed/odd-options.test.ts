import { afterEach, expect, test, vi } from 'vitest';
import { distance, warnOf } from './odd-options.ts';
import { readSettings } from './settings.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('says once what is meant by an attribute that is nearly ours, and what a value can be', () => {
  const said: string[] = [];
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void said.push(text));
  const data = { service: 'wss://x', friend: 'f', conversatoin: 'support', mode: 'bublle', turboTrack: 'reload' };
  const settings = readSettings(data, 'en');

  warnOf(settings);
  warnOf(settings);

  expect(said).toHaveLength(2);
  expect(said[0]).toContain('data-conversatoin does not exist. Is data-conversation meant? There are data-service, ');
  expect(said[1]).toBe('befriend: data-mode can be bubble, inline, page');
});

test('counts the letters in which two names differ', () => {
  expect([distance('mode', 'mode'), distance('mdoe', 'mode'), distance('', 'side'), distance('hide', 'side')]).toEqual([
    0, 2, 4, 1,
  ]);
});
