import { describe, expect, test } from 'vitest';
import { toJson } from '../../protocol/frame.ts';
import { limits } from '../../protocol/limits.ts';
import { xmlForm } from '../../protocol/xml-form.ts';
import type { TransportBench, TransportTraits } from './contract-bench.ts';
import { ann, jsonElement, jsonOf, jsonOfElements, payload, stanzaTo, texts, wrap } from './contract-stanzas.ts';
import type { EventRecorder } from './event-recorder.ts';

const elements = (content: string): string => wrap(`<map xmlns="${xmlForm.elements}">${content}</map>`, xmlForm.event);
const events = (content: string): string => elements(`<array key="events">${content}</array>`);

/** What is to be refused in each form, and why. */
const refused: readonly [name: string, reason: string, payload: string][] = [
  ['two payloads', 'malformed', payload('{}') + payload('{}')],
  ['two json elements', 'malformed', wrap(jsonElement('{}') + jsonElement('{}'))],
  ['no json element', 'malformed', wrap('')],
  ['an empty json element', 'malformed', wrap(jsonElement(''))],
  ['an element inside json', 'malformed', wrap(jsonElement('{<b/>}'))],
  ['text beside json', 'malformed', wrap(`more${jsonElement('{}')}`)],
  ['json of another namespace', 'malformed', wrap('<json xmlns="urn:example">{}</json>')],
  ['another datatype', 'unsupported', wrap(jsonElement('{}'), 'urn:befriend:event:9')],
  ['one byte too many', 'too_large', payload(`"${'x'.repeat(limits.frameBytes - 1)}"`)],
  ['too many bytes in few characters', 'too_large', payload(`"${'é'.repeat(limits.frameBytes / 2)}"`)],
  ['33 levels', 'too_deep', payload('{}') + '<a>'.repeat(32) + '</a>'.repeat(32)],
  ['elements that say to be JSON', 'malformed', wrap(`<map xmlns="${xmlForm.elements}"/>`)],
  ['JSON that says to be elements', 'malformed', wrap(jsonElement('{}'), xmlForm.event)],
  ['no elements', 'malformed', wrap('', xmlForm.event)],
  ['two maps', 'malformed', wrap(`<map xmlns="${xmlForm.elements}"/>`.repeat(2), xmlForm.event)],
  ['text beside a map', 'malformed', wrap(`more<map xmlns="${xmlForm.elements}"/>`, xmlForm.event)],
  ['a map of no namespace', 'malformed', wrap('<map xmlns=""/>', xmlForm.event)],
  ['an unknown element', 'malformed', elements('<date key="at"/>')],
  ['text between elements', 'malformed', events('and')],
  ['a key that stands twice', 'malformed', elements('<null key="v"/><null key="v"/>')],
  [
    'elements for one byte too many',
    'too_large',
    elements(`<string key="">${'x'.repeat(limits.frameBytes - 6)}</string>`),
  ],
  ['17 levels in elements', 'too_deep', events('<array>'.repeat(17) + '</array>'.repeat(17))],
];

/** The deepest that reaches a transport. */
function deep(levels: number): typeof refused {
  const count = levels.toLocaleString('en');
  return [
    [`${count} levels`, 'too_deep', payload('{}') + '<a>'.repeat(levels) + '</a>'.repeat(levels)],
    [`${count} levels in elements`, 'too_deep', events('<array>'.repeat(levels) + '</array>'.repeat(levels))],
  ];
}

/** The part of the contract that is about the two forms of a frame. */
export function formTests(
  { levels = 100_000 }: TransportTraits,
  stage: () => { readonly bench: TransportBench; readonly events: EventRecorder },
): void {
  const message = (content: string, attrs: Record<string, string> = {}): string =>
    stanzaTo(stage().bench.transport.address, 'message', { type: 'chat', ...attrs }, content);

  describe.each(['json', 'xml'] as const)('a frame in %s', (form) => {
    test.each(Object.entries(texts))('carries %s unchanged in both directions', async (_kind, text) => {
      const { bench, events } = stage();
      const json = toJson({ v: 1, events: [{ text, [text]: 1 }] });

      bench.deliver(message(payload(json, form)));
      const told = await events.told.next();
      const isTaken = bench.transport.send(ann, json);

      expect(told).toMatchObject({ kind: 'frame', json });
      expect(isTaken).toBe(true);
      expect((form === 'xml' ? jsonOfElements : jsonOf)(await bench.sent.next())).toBe(json);
    });

    test('is taken up to exactly 64 KiB of JSON, in 32 levels', async () => {
      const { bench, events } = stage();
      const json = `{"":"${'x'.repeat(limits.frameBytes - 7)}"}`;

      bench.deliver(message(payload(json, form) + '<a>'.repeat(31) + '</a>'.repeat(31)));

      expect(await events.told.next()).toMatchObject({ kind: 'frame', json });
    });
  });

  test.each([...refused, ...deep(levels)])('reports %s as %s, and reads on', async (_case, reason, content) => {
    const { bench, events } = stage();

    bench.deliver(message(content, { id: 'bad' }));
    bench.deliver(message(payload('{}')));

    expect(await events.told.next()).toEqual({ kind: 'malformed', from: ann, reason, stanzaId: 'bad' });
    expect(await events.told.next()).toMatchObject({ kind: 'frame' });
  });

  test('answers everybody in the form that he spoke last, also where that could not be read', async () => {
    const { bench, events } = stage();
    const bob = 'b0b@visitors.example.com/tab1';
    const answered: (string | undefined)[] = [];
    const says = async (from: string, content: string): Promise<void> => {
      bench.deliver(message(content, { from }));
      await events.told.next();
      for (const to of [ann, bob]) bench.transport.send(to, '{}');
      const sent = await bench.sent.take(2);
      answered.push(sent.map((xml) => (jsonOfElements(xml) === '{}' ? 'xml' : jsonOf(xml))).join());
    };

    await says(ann, payload('{}', 'xml'));
    await says(bob, payload('{}'));
    await says(ann, payload('{}'));
    await says(bob, elements('broken'));

    expect(answered).toEqual(['xml,{}', 'xml,{}', '{},{}', '{},xml']);
  });

  test('forgets the form of a connection that is gone', async () => {
    const { bench, events } = stage();
    bench.deliver(message(payload('{}', 'xml')));
    bench.deliver(stanzaTo(bench.transport.address, 'presence', { type: 'unavailable' }, ''));
    await events.told.take(2);

    bench.transport.send(ann, '{}');

    expect(jsonOf(await bench.sent.next())).toBe('{}');
  });
}
