import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tokenNames } from '../theme/tokens.ts';
import { options } from './options.ts';
import { readSettings } from './settings.ts';

interface Named {
  readonly name: string;
}

const manifest = JSON.parse(readFileSync(new URL('../../custom-elements.json', import.meta.url), 'utf8')) as {
  readonly modules: readonly [
    { readonly declarations: readonly [Record<'attributes' | 'members' | 'events' | 'cssProperties', Named[]>] },
  ];
};
const [{ declarations }] = manifest.modules;
const [element] = declarations;

function namesOf(part: readonly Named[]): string[] {
  return part.map(({ name }) => name).sort();
}

test('names every option that a tag can have', () => {
  const { odd: _, ...settings } = readSettings({ service: 'wss://x', friend: 'f.example.com' }, 'en');

  expect(Object.keys(settings).sort()).toEqual([...options].sort());
});

test('is described by the manifest of custom elements: attributes, properties and events', () => {
  const plain = options.filter((name) => name !== 'title' && name !== 'target');

  expect(namesOf(element.attributes)).toEqual([...plain, 'data-title'].sort());
  expect(namesOf(element.members)).toEqual([...plain, 'widget'].sort());
  expect(namesOf(element.events)).toEqual(['befriend-close', 'befriend-open', 'befriend-ready', 'befriend-unread']);
});

test('is described there with every token, in the order of their table', () => {
  const properties = tokenNames.map((name) => `--befriend-${name}`);

  expect(element.cssProperties.map(({ name }) => name)).toEqual(properties);
  expect(properties).toHaveLength(37);
});

test('leaves no attribute unread, and takes what it does not know for odd', () => {
  const said = { service: 'wss://x', friend: 'f.example.com', conversatoin: 'support', mode: 'bublle', side: 'start' };

  const { odd, mode, side } = readSettings(said, 'en');

  expect({ odd, mode, side }).toEqual({ odd: ['conversatoin', 'mode'], mode: 'bubble', side: 'start' });
});
