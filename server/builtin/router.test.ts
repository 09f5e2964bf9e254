import { expect, test } from 'vitest';
import { component, conditionOf, HOST, stage, visit } from './staged-visitor.ts';
import { NS } from './xml.ts';

const FRIEND = 'friend.localhost';
const PAYLOAD = "<payload xmlns='urn:xmpp:json-msg:0'><json xmlns='urn:xmpp:json:0'>{&quot;a&quot;:1}</json></payload>";

function message(to: string, type = 'chat'): string {
  return `<message xmlns='jabber:client' from='liar@${HOST}/x' to='${to}' id='m1' type='${type}'>${PAYLOAD}</message>`;
}

test('carries a message to its component, stamped with the full JID of the sender', () => {
  const place = stage();
  const friend = component(place);
  const visitor = visit(place);

  const bounced = visitor.say(message(FRIEND));
  const [arrived] = friend.stanzas();

  expect(bounced).toEqual([]);
  expect(arrived?.is('message', NS.component)).toBe(true);
  expect(arrived?.attrs).toMatchObject({ from: visitor.jid, to: FRIEND, id: 'm1', type: 'chat' });
  expect(arrived?.getChild('payload')?.getChildElements()[0]?.getText()).toBe('{"a":1}');
});

test('carries the messages of a component and of its users to a full JID, in order', () => {
  const place = stage();
  const friend = component(place);
  const visitor = visit(place);

  for (const from of [FRIEND, `u_1@${FRIEND}`, `u_2@${FRIEND}/x`]) {
    friend.link.send(`<message from='${from}' to='${visitor.jid}'><body>é &amp; 😀</body></message>`);
  }
  const heard = visitor.heard();

  expect(heard.map(({ attrs }) => attrs.from)).toEqual([FRIEND, `u_1@${FRIEND}`, `u_2@${FRIEND}/x`]);
  expect(heard.every((stanza) => stanza.is('message', NS.client))).toBe(true);
  expect(heard[0]?.getChild('body')?.getText()).toBe('é & 😀');
});

test.each(['message', 'iq', 'presence'])('never carries a %s from one visitor to another', (name) => {
  const place = stage();
  const [ann, bob] = [visit(place), visit(place)];
  const bare = bob.jid.split('/')[0] ?? '';

  const bounced = [bob.jid, bare].flatMap((to) =>
    ann.say(
      `<${name} xmlns='jabber:client' to='${to}' id='1' ${name === 'iq' ? "type='get'" : ''}><x xmlns='y'/></${name}>`,
    ),
  );

  expect(bob.heard()).toEqual([]);
  expect(bounced.map(conditionOf)).toEqual(name === 'presence' ? [] : Array(2).fill('cancel service-unavailable'));
});

test('returns what it cannot deliver, with the children of the stanza', () => {
  const place = stage();
  const visitor = visit(place);

  const [bounced] = visitor.say(message('away.localhost'));

  expect(bounced?.attrs).toMatchObject({ type: 'error', from: 'away.localhost', to: visitor.jid, id: 'm1' });
  expect(conditionOf(bounced)).toBe('cancel remote-server-not-found');
  expect(bounced?.getChild('payload')?.getChild('json')?.getText()).toBe('{"a":1}');
});

test('never answers an error, an iq result or presence', () => {
  const place = stage();
  const visitor = visit(place);

  const answers = [
    ...visitor.say(message('away.localhost', 'error')),
    ...visitor.say("<iq xmlns='jabber:client' to='away.localhost' id='1' type='result'/>"),
    ...visitor.say("<iq xmlns='jabber:client' to='away.localhost' id='1' type='error'/>"),
    ...visitor.say("<presence xmlns='jabber:client' to='away.localhost'/>"),
    ...visitor.say("<presence xmlns='jabber:client'/>"),
  ];

  expect(answers).toEqual([]);
});

test('returns a stanza whose address or type is none', () => {
  const visitor = visit(stage());

  const conditions = [
    ...visitor.say(message('a@b@c')),
    ...visitor.say(`<iq xmlns='jabber:client' to='${FRIEND}' type='get'/>`),
    ...visitor.say(`<iq xmlns='jabber:client' to='${FRIEND}' id='1' type='ask'/>`),
  ].map(conditionOf);

  expect(conditions).toEqual(['modify jid-malformed', 'modify bad-request', 'modify bad-request']);
});

test('answers ping and disco#info for the host and the own account, and nothing else', () => {
  const visitor = visit(stage());
  const ask = (to: string, payload: string) =>
    visitor.say(`<iq xmlns='jabber:client' id='q' type='get' ${to}>${payload}</iq>`)[0];
  const info = `<query xmlns='${NS.discoInfo}'/>`;

  const pongs = ['', `to='${HOST}'`, `to='${visitor.jid.split('/')[0]}'`].map((to) =>
    ask(to, `<ping xmlns='${NS.ping}'/>`),
  );
  const identities = ['', `to='${HOST}'`].map(
    (to) => ask(to, info)?.getChild('query')?.getChild('identity')?.attrs.category,
  );
  const roster = ask('', "<query xmlns='jabber:iq:roster'/>");

  expect(pongs.map((pong) => [pong?.attrs.type, pong?.attrs.id])).toEqual(Array(3).fill(['result', 'q']));
  expect(identities).toEqual(['account', 'server']);
  expect(conditionOf(roster)).toBe('cancel service-unavailable');
});

test.each(['socket', 'close', 'presence', 'error'])(
  'tells whom a visitor sent directed presence to, once, when it ends by its %s',
  (end) => {
    const place = stage();
    const friend = component(place);
    const visitor = visit(place);
    visitor.say(`<presence xmlns='jabber:client' to='${FRIEND}'/>`);
    visitor.say(`<presence xmlns='jabber:client' to='u_1@${FRIEND}'/>`);
    visitor.say(`<presence xmlns='jabber:client' to='u_2@${FRIEND}'/>`);
    visitor.say(`<presence xmlns='jabber:client' to='u_2@${FRIEND}' type='unavailable'/>`);
    const before = friend.stanzas();

    if (end === 'close') visitor.say(`<close xmlns='${NS.framing}'/>`);
    if (end === 'presence') visitor.say("<presence xmlns='jabber:client' type='unavailable'/>");
    if (end === 'error') visitor.say('<');
    visitor.stream.closed();

    expect(before.map(({ attrs }) => attrs.type ?? 'available')).toEqual([
      ...Array(3).fill('available'),
      'unavailable',
    ]);
    expect(friend.stanzas().map(String)).toEqual(
      [FRIEND, `u_1@${FRIEND}`].map(
        (to) => `<presence from="${visitor.jid}" to="${to}" type="unavailable" xmlns="${NS.component}"/>`,
      ),
    );
  },
);

test('returns what a component sends to nobody, except errors and presence', () => {
  const place = stage();
  const friend = component(place);
  const gone = visit(place);
  const alive = visit(place);
  gone.stream.closed();
  const send = (to: string, stanza: string, type: string) =>
    friend.link.send(`<${stanza} from='${FRIEND}' to='${to}' id='1' type='${type}'><x xmlns='y'/></${stanza}>`);

  for (const type of ['chat', 'error']) send(gone.jid, 'message', type);
  for (const type of ['get', 'set', 'result', 'error']) send(gone.jid, 'iq', type);
  send(gone.jid, 'presence', 'unavailable');
  send(`${alive.jid}-other`, 'message', 'chat');
  const returned = friend.stanzas();

  expect(returned.map((stanza) => `${stanza.name} ${conditionOf(stanza)}`)).toEqual(
    ['message', 'iq', 'iq', 'message'].map((name) => `${name} cancel service-unavailable`),
  );
  expect(returned[0]?.attrs).toMatchObject({ from: gone.jid, to: FRIEND, type: 'error', id: '1' });
  expect(alive.heard()).toEqual([]);
});

test('reaches a bare JID once its visitor sent initial presence', () => {
  const place = stage();
  const friend = component(place);
  const visitor = visit(place);
  const send = () => friend.link.send(`<message from='${FRIEND}' to='${visitor.jid.split('/')[0]}' id='1'/>`);

  send();
  const before = [visitor.heard().length, friend.stanzas().map(conditionOf)];
  visitor.say("<presence xmlns='jabber:client'/>");
  send();

  expect(before).toEqual([0, ['cancel service-unavailable']]);
  expect(visitor.heard()).toHaveLength(1);
});

test('drops and reports what a component sends in a foreign name', () => {
  const place = stage();
  const friend = component(place);
  const visitor = visit(place);

  friend.link.send(`<message from='bank.localhost' to='${visitor.jid}'/>`);
  friend.link.send(`<message to='${visitor.jid}'/>`);

  expect(visitor.heard()).toEqual([]);
  expect(friend.stanzas()).toEqual([]);
  expect(place.logged).toEqual(Array(2).fill('A stanza with an invalid address was dropped.'));
});

test('carries stanzas between two components, and answers a ping to the host', () => {
  const place = stage();
  const friend = component(place);
  const other = component(place, 'other.localhost');

  friend.link.send(`<message from='${FRIEND}' to='x@other.localhost'/>`);
  friend.link.send(`<iq from='${FRIEND}' to='${HOST}' type='get' id='p'><ping xmlns='${NS.ping}'/></iq>`);

  expect(other.stanzas().map(({ attrs }) => attrs.from)).toEqual([FRIEND]);
  expect(friend.stanzas().map(({ attrs }) => [attrs.type, attrs.id])).toEqual([['result', 'p']]);
});
