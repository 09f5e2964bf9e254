import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conditionOf, HOST, LOGIN, stage, visit } from './staged-visitor.ts';
import { NS } from './xml.ts';

const MESSAGE = "<message xmlns='jabber:client' to='friend.localhost' id='m'><body>hi</body></message>";

test('answers the opening of a stream with its own, and offers ANONYMOUS alone', () => {
  const visitor = visit(stage(), 0);

  const [open, features] = visitor.say(LOGIN[0] ?? '');

  expect(open?.is('open', NS.framing)).toBe(true);
  expect(open?.attrs).toMatchObject({ from: HOST, version: '1.0', 'xml:lang': 'en', id: expect.stringMatching(/./) });
  expect(features?.is('features', NS.stream)).toBe(true);
  expect(features?.getChild('mechanisms', NS.sasl)?.getChildElements().map(String)).toEqual([
    '<mechanism>ANONYMOUS</mechanism>',
  ]);
});

test('offers to bind after authentication, and gives each visitor a user and a resource of its own', () => {
  const place = stage();
  const restarted = visit(place, 2);

  const [, features] = restarted.say(LOGIN[2] ?? '');
  const [first, second] = [visit(place), visit(place)];

  expect(features?.getChildElements().map((offered) => offered.getNS())).toEqual([NS.bind, NS.session]);
  expect(first.jid).toMatch(/^[0-9a-f]{32}@visitors\.localhost\/[0-9a-f]{16}$/);
  expect(first.jid.split('@')[0]).not.toBe(second.jid.split('@')[0]);
});

test('binds the resource that was asked for', () => {
  const visitor = visit(stage(), 3);

  const [bound] = visitor.say(
    `<iq xmlns='jabber:client' type='set' id='b'><bind xmlns='${NS.bind}'><resource>tab 1</resource></bind></iq>`,
  );

  expect(bound?.attrs).toMatchObject({ type: 'result', id: 'b' });
  expect(bound?.getChild('bind')?.getChild('jid')?.getText()).toMatch(/@visitors\.localhost\/tab 1$/);
});

test('answers a mechanism that it does not offer with a failure, and ends the stream after three', () => {
  const visitor = visit(stage(), 1);
  const plain = `<auth xmlns='${NS.sasl}' mechanism='PLAIN'>AGEAYg==</auth>`;

  const answers = [1, 2, 3].map(() => conditionOf(visitor.say(plain)[0]));

  expect(answers).toEqual(['invalid-mechanism', 'invalid-mechanism', 'policy-violation']);
  expect(visitor.closed).toBe('1000 policy-violation');
});

test.each([
  [0, '<open', 'not-well-formed'],
  [0, "<?xml version='1.0'?>", 'restricted-xml'],
  [0, `<open xmlns='${NS.framing}' to='other.localhost' version='1.0'/>`, 'host-unknown'],
  [0, `<open xmlns='${NS.framing}' to='${HOST}' version='0.9'/>`, 'unsupported-version'],
  [0, `<open xmlns='jabber:server' to='${HOST}' version='1.0'/>`, 'invalid-namespace'],
  [0, MESSAGE, 'not-authorized'],
  [1, MESSAGE, 'not-authorized'],
  [2, MESSAGE, 'not-authorized'],
  [3, MESSAGE, 'not-authorized'],
  [4, LOGIN[0], 'invalid-namespace'],
  [4, "<message xmlns='jabber:server'/>", 'invalid-namespace'],
  [4, "<c:message xmlns:c='jabber:client'/>", 'bad-namespace-prefix'],
  [4, "<query xmlns='jabber:client'/>", 'unsupported-stanza-type'],
  [4, `<message xmlns='jabber:client'>${'<a>'.repeat(64)}${'</a>'.repeat(64)}</message>`, 'policy-violation'],
  [4, `<message xmlns='jabber:client'>${'a'.repeat(256 * 1024)}</message>`, 'policy-violation'],
])('after %i steps of the login ends the stream on %.60s with %s', (steps, text, condition) => {
  const place = stage();
  const visitor = visit(place, steps ?? 0);

  const frames = visitor.say(text ?? '');

  expect(frames.slice(-2).map((frame) => frame.getName())).toEqual(['error', 'close']);
  expect(conditionOf(frames.at(-2))).toBe(condition);
  expect(frames[0]?.is('open')).toBe(steps === 0);
  expect(visitor.closed).toBe(`1000 ${condition}`);
  expect(place.server.sessions).toBe(0);
});

test('answers the close of a stream, and closes the socket when the client has not within a second', () => {
  const place = stage();
  const visitor = visit(place);

  const frames = visitor.say(`<close xmlns='${NS.framing}'/>`);
  const socketBefore = visitor.closed;
  place.clock.advance(1_000);

  expect(frames.map(String)).toEqual([`<close xmlns="${NS.framing}"/>`]);
  expect(socketBefore).toBeUndefined();
  expect(visitor.closed).toBe('1000 closed');
  expect(place.server.sessions).toBe(0);
});

test('never answers in the task that asked, and sends one frame in each macrotask', () => {
  const place = stage();
  const tasks: (() => void)[] = [];
  const sent: string[] = [];
  place.clock.defer = (task) => tasks.push(task);
  const stream = place.server.accept({ send: (text) => sent.push(text), close: () => {} });

  stream.receive(LOGIN[0] ?? '');
  const counts = [sent.length];
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    task();
    counts.push(sent.length);
  }

  expect(counts).toEqual([0, 1, 2]);
});

test('ends a flood by policy-violation and leaves the neighbour alone', () => {
  const place = stage();
  const [flooder, neighbour] = [visit(place), visit(place)];

  for (let sent = 0; sent < 1_000; sent += 1) flooder.stream.receive("<presence xmlns='jabber:client'/>");
  const frames = flooder.heard();
  const [pong] = neighbour.say(`<iq xmlns='jabber:client' type='get' id='p'><ping xmlns='${NS.ping}'/></iq>`);

  expect(conditionOf(frames.at(-2))).toBe('policy-violation');
  expect(pong?.attrs.type).toBe('result');
});

test('lets a client go on for ever at two hundred stanzas a second', () => {
  const place = stage();
  const visitor = visit(place);

  for (let second = 0; second < 20; second += 1) {
    for (let sent = 0; sent < 200; sent += 1) visitor.stream.receive("<presence xmlns='jabber:client'/>");
    place.clock.advance(1_000);
  }

  expect(visitor.closed).toBeUndefined();
});

test('pings a silent client after 30 s and ends it after 60 s', () => {
  const place = stage();
  const visitor = visit(place);

  place.clock.advance(30_000);
  const [ping] = visitor.heard();
  place.clock.advance(29_999);
  const before = visitor.closed;
  place.clock.advance(1);

  expect(ping?.getChild('ping', NS.ping)).toBeDefined();
  expect(ping?.attrs).toMatchObject({ type: 'get', from: HOST, to: visitor.jid });
  expect(before).toBeUndefined();
  expect(conditionOf(visitor.heard().at(-2))).toBe('connection-timeout');
});

test('keeps a client that answers its pings, in XMPP or below it', () => {
  const place = stage();
  const [answering, ponging] = [visit(place), visit(place)];

  for (let round = 1; round <= 10; round += 1) {
    place.clock.advance(30_000);
    answering.stream.receive(`<iq xmlns='jabber:client' type='result' id='ping-${round}' to='${HOST}'/>`);
    ponging.stream.heard();
  }

  expect([answering.closed, ponging.closed, place.server.sessions]).toEqual([undefined, undefined, 2]);
});

test('ends a stream that is not authenticated within 10 s', () => {
  const place = stage();
  const visitor = visit(place, 1);

  place.clock.advance(10_000);

  expect(conditionOf(visitor.heard()[0])).toBe('connection-timeout');
  expect(place.server.sessions).toBe(0);
});

test('does not watch a client of the same process for silence', () => {
  const place = stage();
  const sent: string[] = [];
  const stream = place.server.accept({ inProcess: true, send: (text) => sent.push(text), close: () => {} });
  for (const line of LOGIN) stream.receive(line);

  place.clock.advance(3_600_000);

  expect(sent.filter((text) => text.includes('ping'))).toEqual([]);
  expect(place.server.sessions).toBe(1);
});

test('ends a client for whom too much waits', () => {
  const place = stage({ clientQueue: 3 });
  const visitor = visit(place);

  for (let sent = 0; sent < 4; sent += 1) visitor.stream.receive("<iq xmlns='jabber:client' type='get' id='a'/>");

  expect(conditionOf(visitor.heard()[0])).toBe('resource-constraint');
});

test('never throws whatever arrives, and lives on after it', () => {
  const place = stage();
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    "'",
    '=',
    '&amp;',
    '&',
    ' ',
    'xmlns',
    'iq',
    'message',
    '<iq ',
    '<!--',
    ...LOGIN,
  );
  const garbage = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.tuple(fc.constantFrom(...LOGIN), fc.nat(120), fc.string()).map(([line, at, cut]) => line.slice(0, at) + cut),
  );

  fc.assert(
    fc.property(garbage, fc.nat(LOGIN.length), (text, steps) => {
      const visitor = visit(place, steps);
      visitor.say(text);
      visitor.stream.closed();
    }),
    { numRuns: 500 },
  );

  expect(place.server.sessions).toBe(0);
  expect(place.logged).not.toContain('A stanza could not be handled.');
  expect(visit(place).jid).not.toBe('');
});
