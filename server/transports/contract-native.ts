import { describe, expect, test } from 'vitest';
import type { StanzaTree } from '../core/ports.ts';
import type { TransportBench, TransportTraits } from './contract-bench.ts';
import { ann, jsonOf, payload, stanzaTo } from './contract-stanzas.ts';
import type { EventRecorder } from './event-recorder.ts';

const chatStates = 'http://jabber.org/protocol/chatstates';

/** The part of the contract that is about stanzas that are no frames. */
export function nativeTests(
  { levels = 100_000 }: TransportTraits,
  stage: () => { readonly bench: TransportBench; readonly events: EventRecorder },
): void {
  const to = (): string => stage().bench.transport.address;
  const deliver = (name: string, attrs: Record<string, string>, content: string): void =>
    stage().bench.deliver(stanzaTo(to(), name, attrs, content));

  describe('a native stanza', () => {
    test('is told as plain data, whichever address of the friend it names', async () => {
      const { events } = stage();
      const puppet = `u_1@${to()}`;

      deliver('message', { id: 'm', to: puppet }, `<body>a &lt; b</body><active xmlns="${chatStates}"/>`);

      expect(await events.told.next()).toMatchObject({
        kind: 'stanza',
        stanza: {
          name: 'message',
          attrs: { from: ann, to: puppet, id: 'm' },
          // A server may have taken the message apart, and have an order of its own.
          children: expect.arrayContaining([
            { name: 'body', attrs: {}, children: ['a < b'] },
            { name: 'active', attrs: { xmlns: chatStates }, children: [] },
          ]),
        },
      });
    });

    test('is told with the namespace of each element that is not the stanza’s own', async () => {
      const { events } = stage();

      deliver('iq', { type: 'get', id: 'q' }, '<query xmlns="urn:example"><item xml:lang="de"/></query>');

      expect(await events.told.next()).toMatchObject({
        stanza: {
          children: [
            {
              attrs: { xmlns: 'urn:example' },
              children: [{ name: 'item', attrs: { xmlns: 'urn:example', 'xml:lang': 'de' } }],
            },
          ],
        },
      });
    });

    test.each([
      ['presence', '', ''],
      ['presence', 'subscribe', ''],
      ['presence', 'probe', ''],
      ['iq', 'set', '<query xmlns="jabber:iq:roster"/>'],
      ['iq', 'result', ''],
      ['message', 'chat', ''],
      ['message', 'groupchat', '<body>all</body>'],
    ])('is told whatever it is: <%s type="%s">', async (name, type, content) => {
      const { events } = stage();

      deliver(name, { ...(type !== '' && { type }), id: 'q' }, content);

      expect(await events.told.next()).toMatchObject({ kind: 'stanza', stanza: { name } });
    });

    test('is told without its children where it is too deep or too large, and the next one is read', async () => {
      const { events } = stage();
      const attrs = { from: ann, to: to(), type: 'chat', id: 'm' };

      deliver('message', attrs, '<a>'.repeat(levels) + '</a>'.repeat(levels));
      deliver('message', attrs, `<body>${'x'.repeat(70_000)}</body>`);
      deliver('message', attrs, '<a/>'.repeat(10_000));
      deliver('message', attrs, payload('{}'));

      const cut = { name: 'message', attrs, children: [] };
      expect(await events.told.take(3)).toMatchObject([
        { kind: 'stanza', stanza: cut, cut: 'too_deep' },
        { kind: 'stanza', stanza: cut, cut: 'too_large' },
        { kind: 'stanza', stanza: cut, cut: 'too_large' },
      ]);
      expect(await events.told.next()).toMatchObject({ kind: 'frame' });
    });

    test('is written as it is given', async () => {
      const { bench } = stage();
      const body: StanzaTree = { name: 'body', attrs: {}, children: ['<b>&"\'\u0001\ud83d 👩🏽‍🚀'] };

      const isTaken = bench.transport.sendStanza({ name: 'message', attrs: { from: to(), to: ann }, children: [body] });

      expect(isTaken).toBe(true);
      const written = await bench.sent.next();
      expect(written).toBe(
        `<message from="${to()}" to="${ann}"><body>&lt;b&gt;&amp;"'\ufffd\ufffd 👩🏽‍🚀</body></message>`,
      );
    });

    test('keeps its place among frames', async () => {
      const { bench } = stage();
      const stanza: StanzaTree = { name: 'presence', attrs: { from: to(), to: ann }, children: [] };

      bench.transport.send(ann, '1');
      bench.transport.sendStanza(stanza);
      bench.transport.send(ann, '2');

      const [first = '', second, third = ''] = await bench.sent.take(3);
      expect([jsonOf(first), second, jsonOf(third)]).toEqual(['1', expect.stringContaining('<presence'), '2']);
    });

    test('is refused where it is none, and never leaves under the address of somebody else', () => {
      const { bench } = stage();
      const from = to();
      const nested = (levels: number): StanzaTree => ({
        name: 'a',
        attrs: {},
        children: levels === 0 ? [] : [nested(levels - 1)],
      });
      const send = (stanza: StanzaTree) => () => bench.transport.sendStanza(stanza);

      expect(send({ name: 'message', attrs: { from }, children: [] })).toThrow(TypeError);
      expect(send({ name: 'stream', attrs: { from, to: ann }, children: [] })).toThrow(TypeError);
      expect(send({ name: 'message', attrs: { from, to: ann, 'a b': '' }, children: [] })).toThrow(TypeError);
      expect(send({ name: 'message', attrs: { from, to: ann }, children: [nested(40)] })).toThrow(TypeError);
      expect(send({ name: 'message', attrs: { from: 'a@elsewhere.example', to: ann }, children: [] })()).toBe(false);
      expect(bench.sent.size).toBe(0);
    });
  });
}
