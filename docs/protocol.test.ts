import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'ltx';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { documents, tables, withTables } from '../.ci/protocol-tables.ts';
import { keysOf } from '../.ci/schema-text.ts';
import { actions } from '../protocol/actions.ts';
import { namespaces, readFrame } from '../protocol/frame.ts';
import { readAction } from '../protocol/read-action.ts';
import { xmlForm } from '../protocol/xml-form.ts';
import { jsonOfXmlForm } from '../protocol/xml-form-read.ts';
import { composeFriend } from '../server/bin/compose.ts';
import type { Clock, Transport, TransportEvents } from '../server/core/ports.ts';
import { memoryStore } from '../server/stores/memory.ts';

const protocol = readFileSync(join(import.meta.dirname, 'protocol.md'), 'utf8');

/** The frames of the example, in the order of the page: three to the friend, two from it. */
const [opening = '', message = '', marker = '', opened, stored] = [...protocol.matchAll(/```json\n(.*?)```/gs)].map(
  ([, json = '']) => json,
);

/** The JSON of the frames that the page also shows as elements: one to the friend, one from it. */
const [messageInXml = '', storedInXml = ''] = [...protocol.matchAll(/```xml\n(.*?)```/gs)].flatMap(([, xml = '']) => {
  const map = parse(xml)?.getChild('payload', namespaces.payload)?.getChild('map', xmlForm.elements);
  const read = map && jsonOfXmlForm(map);
  return read?.ok ? read.json : [];
});

test.each(documents.map((path) => [basename(path), path]))('holds the tables that the code says: %s', (_, path) => {
  const document = readFileSync(path, 'utf8');

  const refreshed = withTables(document);

  expect(document, 'run: node .ci/protocol-tables.ts --write').toBe(refreshed);
});

test('shows each table that is generated, and sees when one differs', () => {
  const all = documents.map((path) => readFileSync(path, 'utf8')).join('');
  const changed = { ...tables(), actions: 'a table of tomorrow' };

  const shown = Object.keys(tables()).filter((name) => all.includes(`<!-- table: ${name} -->`));

  expect(shown).toEqual(Object.keys(tables()));
  expect(withTables(protocol, changed)).not.toBe(protocol);
});

test('reads the keys of a schema, and refuses to guess at a check without words', () => {
  const schema = v.object({ name: v.exactOptional(v.pipe(v.string(), v.minLength(2), v.maxLength(1_000))) });
  const foreign = v.object({ name: v.pipe(v.string(), v.base64()) });

  const keys = keysOf(schema);

  expect(keys).toEqual([{ name: 'name', isOptional: true, type: 'string', rules: '2 to 1,000 UTF-16 units' }]);
  expect(() => keysOf(foreign)).toThrow('No words for the check base64');
});

test('gives an example that the friend takes', () => {
  const frames = [opening, message, marker].map((json) => readFrame(json));

  const events = frames.flatMap((read) => (read.ok ? read.frame.events : []));

  expect(events.map((event) => readAction(event, actions, 1).ok)).toEqual([true, true, true, true]);
});

test.each([
  ['JSON', message, stored],
  ['XML', messageInXml, storedInXml],
])('gives an example in %s that the friend answers in just these words', async (_form, sent, answer) => {
  const stage = await friendOnStage();
  const bob = { versions: [1], secret: 'B'.repeat(43), name: 'Bob' };
  const asks = { conversation: 'room:lobby', text: 'Anybody here?' };
  await stage.says(1_720_999_990_000, 31, frameOf(action(8, 'connection.open', bob), action(9, 'message.send', asks)));

  const first = await stage.says(1_721_000_000_010, undefined, opening);
  const second = await stage.says(1_721_000_005_004, undefined, sent);
  const third = await stage.says(1_721_000_008_000, undefined, marker);
  await stage.stop();

  expect(eventsOf(first)).toEqual(eventsOf([opened ?? '']));
  expect(eventsOf(second)).toEqual(eventsOf([answer ?? '']));
  expect(third).toEqual([]);
});

/** How events are packed into frames is the friend's own affair. */
function eventsOf(frames: readonly string[]): unknown[] {
  return frames.flatMap((json) => (JSON.parse(json) as { events: unknown[] }).events);
}

/** A friend without a network, at a time and with a chance that the example knows. */
async function friendOnStage() {
  let now = 0;
  let byte: number | undefined;
  let events: TransportEvents | undefined;
  const sent: { to: string; json: string }[] = [];
  const clock: Clock = {
    now: () => now,
    after: () => () => undefined,
    defer: (task) => void setImmediate(task),
  };
  const transport: Transport = {
    address: 'friend.example.com',
    start: (listener) => {
      events = listener;
    },
    send: (to, json) => sent.push({ to, json }) > 0,
    sendStanza: () => false,
    stop: async () => undefined,
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const friend = composeFriend({
    ...{ transport, store: memoryStore(), clock, log, fatal: () => undefined },
    random: { bytes: (count) => Uint8Array.from({ length: count }, (_, index) => byte ?? index) },
    sha256: async (text) => createHash('sha256').update(text).digest('hex'),
  });
  await friend.start();

  return {
    /** Takes a frame at a time, with chance that is `chance` throughout; returns what the sender is told. */
    async says(at: number, chance: number | undefined, json: string): Promise<string[]> {
      now = at;
      byte = chance;
      const from = `${chance ?? 'ann'}@visitors.example.com/1`;
      const before = sent.length;
      events?.frame(from, json);
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      return sent.slice(before).flatMap(({ to, json: told }) => (to === from ? [told] : []));
    },
    stop: () => friend.stop(),
  };
}

function action(last: number, type: string, body: object): string {
  return JSON.stringify({ id: `0190f3c0-0000-7000-8000-00000000000${last}`, type, at: 0, body });
}

function frameOf(...events: string[]): string {
  return `{"v":1,"events":[${events.join(',')}]}`;
}
