import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { ActionId } from '../../protocol/ids.ts';
import type { StanzaTree } from '../core/ports.ts';
import { addressOf, placeOf } from './address.ts';
import { actionId, factOf, messageId } from './message-id.ts';
import { readMessage, type Spoken } from './read-message.ts';
import { readPresence } from './read-presence.ts';
import { requestType } from './read-request.ts';
import { element, ns } from './tree.ts';
import { displayed, received, retracted, spoken, state } from './write-message.ts';
import { presence } from './write-presence.ts';

const envelope = { from: 'u_1@friend.example.com', to: 'kim@example.com' };
const none = { wantsReceipt: false, wantsMarker: false };
const wanted = { wantsReceipt: true, wantsMarker: true };

test.each<[string, StanzaTree, Spoken | undefined]>([
  ['words', spoken(envelope, { id: 'm', text: 'Hi' }), { id: 'm', text: 'Hi', composing: false, ...wanted }],
  [
    'words of one of many',
    spoken(envelope, { id: 'm', text: 'Hi', speaker: 'Vera' }),
    { id: 'm', text: 'Vera: Hi', composing: false, ...wanted },
  ],
  [
    'a correction',
    spoken(envelope, { id: 'n', text: 'Hello', replaces: 'm' }),
    { id: 'n', text: 'Hello', replaces: 'm', composing: false, ...wanted },
  ],
  ['a retraction', retracted(envelope, 'n', 'm'), { id: 'n', text: 'A message was taken back.', ...none }],
  ['composing', state(envelope, true), { composing: true, ...none }],
  ['a pause', state(envelope, false), { composing: false, ...none }],
  ['a receipt', received(envelope, 'm'), { received: 'm', ...none }],
  ['a marker', displayed(envelope, 'm'), { displayed: 'm', ...none }],
])('reads of %s what was written', (_what, stanza, said) => {
  expect(readMessage(stanza)).toEqual(said);
});

const message = (attrs: Record<string, string>, ...children: StanzaTree['children']): StanzaTree =>
  element('message', { ...envelope, ...attrs }, ...children);

test.each<[string, StanzaTree, Spoken | undefined]>([
  ['a message without a type', message({}, element('body', {}, 'Hi')), { text: 'Hi', ...none }],
  ['a group chat', message({ type: 'groupchat' }, element('body', {}, 'Hi')), undefined],
  ['a headline', message({ type: 'headline' }, element('body', {}, 'Hi')), undefined],
  ['an error', message({ type: 'error' }, element('body', {}, 'Hi')), undefined],
  ['a blank', message({}, element('body', {}, ' \n')), undefined],
  ['a body that is another’s', message({}, element('body', { xmlns: 'urn:example' }, 'Hi')), undefined],
  ['a body in two pieces', message({}, element('body', {}, 'H', element('b'), 'i')), { text: 'Hi', ...none }],
  ['a name that is too long', message({ id: 'x'.repeat(2_000) }, element('body', {}, 'Hi')), { text: 'Hi', ...none }],
  ['a receipt of nothing', message({}, element('received', { xmlns: ns.receipts })), undefined],
  [
    'a marker of XEP-0333 for delivery',
    message({}, element('received', { xmlns: ns.markers, id: 'm' })),
    { received: 'm', ...none },
  ],
  ['gone', message({}, element('gone', { xmlns: ns.states })), { composing: false, ...none }],
  ['another stanza', element('presence', envelope, element('body', {}, 'Hi')), undefined],
])('reads %s for what it is', (_what, stanza, said) => {
  expect(readMessage(stanza)).toEqual(said);
});

test.each([
  [{ show: 'available' }, { available: true, idle: false, dnd: false }],
  [
    { show: 'away', status: 'Tea' },
    { available: true, idle: true, dnd: false, status: 'Tea' },
  ],
  [{ show: 'dnd' }, { available: true, idle: false, dnd: true }],
  [{ show: 'offline' }, { available: false, idle: false, dnd: false }],
] as const)('reads of the presence %j what was written', (seen, shown) => {
  expect(readPresence(presence(envelope, seen))).toEqual(shown);
});

test.each(['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed', 'probe', 'error', 'nonsense'])(
  'takes %s for no presence of a connection',
  (type) => {
    expect(readPresence(element('presence', { ...envelope, type }))).toBeUndefined();
  },
);

test.each([
  ['get', 'ping', 'urn:xmpp:ping', 'stanza.ping'],
  ['get', 'query', 'http://jabber.org/protocol/disco#info', 'stanza.disco.info'],
  ['get', 'query', 'http://jabber.org/protocol/disco#items', 'stanza.disco.items'],
  ['get', 'vCard', 'vcard-temp', 'stanza.vcard'],
  ['get', 'vcard', 'urn:ietf:params:xml:ns:vcard-4.0', 'stanza.vcard4'],
  ['get', 'query', 'jabber:iq:last', 'stanza.last'],
  ['set', 'vCard', 'vcard-temp', undefined],
  ['get', 'query', 'jabber:iq:roster', undefined],
  ['get', '__proto__', '', undefined],
])('knows what a %s of %s %s asks', (type, name, xmlns, asked) => {
  expect(requestType(element('iq', { type }, element(name, { xmlns })))).toBe(asked);
});

test('knows no request with two questions', () => {
  const ping = element('ping', { xmlns: 'urn:xmpp:ping' });

  expect(requestType(element('iq', { type: 'get' }, ping, ping))).toBeUndefined();
});

const user = `u_${'0'.repeat(20)}`;

test.each([
  ['friend.example.com', { is: 'friend' }],
  ['friend.example.com/resource', { is: 'friend' }],
  [`${user}@friend.example.com`, { is: 'user', user }],
  [`${user}@friend.example.com/x`, { is: 'user', user }],
  ['c_room_lobby@friend.example.com', { is: 'conversation', conversation: 'c_room_lobby' }],
  [`${user}@elsewhere.example`, undefined],
  ['u_short@friend.example.com', undefined],
  ['kim@friend.example.com', undefined],
  ['', undefined],
])('finds at %s what stands there', (jid, place) => {
  expect(placeOf(jid, 'friend.example.com')).toEqual(place);
});

test('finds an account that is the friend by its bare address', () => {
  expect(placeOf('friend@example.com', 'friend@example.com/server')).toEqual({ is: 'friend' });
});

test('takes every text apart as an address, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { bare, domain, local, resource } = addressOf(text);

      expect(bare === domain || bare === `${local}@${domain}`).toBe(true);
      expect([bare, `${bare}/${resource}`]).toContain(text);
    }),
  );
});

test('names each fact by one id, and knows no other', () => {
  const log = fc.stringMatching(/^c_[0-9a-z_-]{1,100}$/);
  const seq = fc.integer({ min: 1, max: 10 ** 12 });

  fc.assert(
    fc.property(log, seq, (one, two) => {
      expect(factOf(messageId(one, two))).toEqual({ log: one, seq: two });
    }),
  );
  for (const id of ['', 'c_x', 'c_x.0', 'c_x.1.2.', 'x_y.1', 'c_x.-1', 'c_X.1']) expect(factOf(id)).toBeUndefined();
});

test('derives ids that actions may have', () => {
  const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

  fc.assert(
    fc.property(hash, (sha256) => {
      expect(v.is(ActionId, actionId(sha256))).toBe(true);
    }),
  );
});
