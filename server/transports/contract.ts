import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toJson } from '../../protocol/frame.ts';
import type { Log } from '../core/ports.ts';
import type { TransportBench, TransportTraits } from './contract-bench.ts';
import { formTests } from './contract-forms.ts';
import { nativeTests } from './contract-native.ts';
import { ann, jsonOf, payload, stanzaTo } from './contract-stanzas.ts';
import { type EventRecorder, eventRecorder, type RecordedLog, recordedLog } from './event-recorder.ts';
import { UnwritableText } from './stanza.ts';

/** What every transport promises, over a server that `harness` starts anew for each test. */
export function transportContract(
  name: string,
  traits: TransportTraits,
  harness: (log: Log) => Promise<TransportBench>,
): void {
  const { address: friend } = traits;
  const message = (attrs: Record<string, string>, content: string): string =>
    stanzaTo(friend, 'message', { type: 'chat', ...attrs }, content);

  describe(`transport: ${name}`, () => {
    let bench: TransportBench;
    let events: EventRecorder;
    let log: RecordedLog;

    beforeEach(async () => {
      log = recordedLog();
      events = eventRecorder();
      bench = await harness(log);
      bench.transport.start(events);
      await events.links.until(({ state }) => state === 'up');
    });
    afterEach(() => bench.dispose());

    test('tells a frame with the address that the server stamped', async () => {
      const json = toJson({ v: 1, events: [{ from: 'somebody@else.example.com' }] });

      bench.deliver(message({ id: 'a1' }, payload(json)));

      expect(await events.told.next()).toEqual({ kind: 'frame', from: ann, json, stanzaId: 'a1' });
    });

    formTests(traits, () => ({ bench, events }));
    nativeTests(traits, () => ({ bench, events }));

    test('writes the event stanza of the protocol', async () => {
      bench.transport.send(ann, '{"v":1}');

      const stanza = (await bench.sent.next()).replace(/ id="[^"]+"/, ' id=""');
      expect(stanza).toBe(
        `<message from="${friend}" to="${ann}" type="chat" id=""><payload xmlns="urn:xmpp:json-msg:0" ` +
          'datatype="urn:befriend:event:1"><json xmlns="urn:xmpp:json:0">{"v":1}</json></payload>' +
          '<no-store xmlns="urn:xmpp:hints"/></message>',
      );
    });

    test('refuses to write a character that XML cannot carry', () => {
      for (const character of ['\u0000', '\u001b', '\r', '\ufffe', '\ud83d']) {
        expect(() => bench.transport.send(ann, `"${character}"`)).toThrow(UnwritableText);
      }
    });

    test('tells that a connection is gone', async () => {
      bench.deliver(`<presence from="${ann}" to="${friend}" type="unavailable"/>`);

      expect(await events.told.next()).toEqual({ kind: 'gone', from: ann });
    });

    test('tells a bounce and never takes our own frame for the sender’s', async () => {
      const error = `<error type="cancel"><text xmlns="${stanzas}">gone</text><service-unavailable xmlns="${stanzas}"/></error>`;

      bench.deliver(message({ type: 'error', id: 'b' }, payload('{}') + error));
      bench.deliver(message({ type: 'error' }, payload('{}')));

      const [bounce, bare] = await events.told.take(2);
      expect(bounce).toEqual({
        kind: 'bounced',
        from: ann,
        type: 'cancel',
        condition: 'service-unavailable',
        stanzaId: 'b',
      });
      expect(bare).toEqual({ kind: 'bounced', from: ann, type: 'cancel', condition: 'undefined-condition' });
    });

    test('keeps the order of 1,000 frames in and out', async () => {
      const frames = Array.from({ length: 1000 }, (_, n) => `{"n":${n}}`);

      for (const json of frames) {
        bench.deliver(message({}, payload(json)));
        bench.transport.send(ann, json);
      }

      const told = await events.told.take(1000);
      const sent = await bench.sent.take(1000);
      expect(told.map((event) => event.kind === 'frame' && event.json)).toEqual(frames);
      expect(sent.map(jsonOf)).toEqual(frames);
    });

    test('survives a failing handler and logs it without what was written', async () => {
      const { frame } = events;
      events.frame = (from, json, id) => {
        if (id === 'poison') JSON.parse(json);
        frame(from, json, id);
      };

      bench.deliver(message({ id: 'poison' }, payload('{secret words')));
      bench.deliver(message({ id: 'next' }, payload('{}')));

      expect(await events.told.next()).toMatchObject({ stanzaId: 'next' });
      expect(log.lines.join()).toContain('"stanzaId":"poison"');
      expect(log.lines.join()).not.toContain('secret');
    });

    test('closes its stream properly when it is stopped, and takes nothing more', async () => {
      bench.transport.send(ann, '{"last":true}');

      await bench.transport.stop();

      await bench.closed;
      expect(jsonOf(await bench.sent.next())).toBe('{"last":true}');
      expect(await events.links.next()).toMatchObject({ state: 'down' });
      expect(bench.transport.send(ann, '{}')).toBe(false);
      expect(bench.sent.size).toBe(0);
    });
  });
}

const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas';
