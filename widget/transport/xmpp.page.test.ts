import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import type { Transport } from '../core/ports.ts';
import { type Answer, elsewhere, inTurn, StagedSocket, unfriendly, welcoming } from './staged-socket.ts';
import { xmppTransport } from './xmpp.ts';

interface Dialled {
  readonly transport: Transport;
  readonly clock: FakeClock;
  readonly events: string[];
  readonly socket: StagedSocket;
}

const friend = 'friend.page.test';
let hangUp: () => void = () => undefined;

beforeEach(() => {
  StagedSocket.dials = 0;
  const { CONNECTING, OPEN, CLOSING, CLOSED } = WebSocket;
  vi.stubGlobal('WebSocket', Object.assign(StagedSocket, { CONNECTING, OPEN, CLOSING, CLOSED }));
});

afterEach(() => {
  hangUp();
  vi.unstubAllGlobals();
});

function dial(answer: Answer, address = friend): Dialled {
  StagedSocket.answer = answer;
  const clock = new FakeClock();
  const events: string[] = [];
  const transport = xmppTransport({
    service: 'wss://xmpp.page.test',
    domain: 'visitors.page.test',
    friend: address,
    clock,
  });
  transport.open({
    up: () => events.push('up'),
    frame: (json) => events.push(json),
    bounced: () => events.push('bounced'),
    down: (ended) => events.push(ended),
  });
  hangUp = () => void transport.close();
  if (!StagedSocket.newest) throw new Error('nothing was dialled');
  return { transport, clock, events, socket: StagedSocket.newest };
}

async function online(address = friend): Promise<Dialled> {
  const dialled = dial(welcoming(), address);
  await expect.poll(() => dialled.events).toEqual(['up']);
  dialled.events.length = 0;
  return dialled;
}

function framed(from: string, json: string, type = 'chat'): string {
  const payload = `<payload xmlns="urn:xmpp:json-msg:0"><json xmlns="urn:xmpp:json:0">${json}</json></payload>`;
  return `<message xmlns="jabber:client" from="${from}" type="${type}">${payload}</message>`;
}

test('comes up, and lets the server tell the friend when this stream dies', async () => {
  const { socket } = await online();

  expect(socket.sent.at(-1)).toMatch(/^<presence to="friend.page.test"/);
});

test('asks for what a stream offers before it is offered, but not over its restart', async () => {
  const { socket } = dial(() => undefined);
  const sent = (): unknown[] => socket.sent.map((frame) => /^<\w+/.exec(frame)?.[0]);

  await expect.poll(sent).toEqual(['<open', '<auth']);
  socket.receives('<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>');

  await expect.poll(sent).toEqual(['<open', '<auth', '<open', '<iq']);
});

test('is answered in turn where a server does not take that, at once and from then on', async () => {
  const { transport, socket, events } = dial(inTurn());
  await expect.poll(() => events).toEqual(['up']);
  const second = StagedSocket.newest;
  await transport.close();
  events.length = 0;

  transport.open({
    up: () => events.push('up'),
    frame: () => undefined,
    bounced: () => undefined,
    down: (ended) => events.push(ended),
  });
  await expect.poll(() => events).toEqual(['up']);

  expect(second).not.toBe(socket);
  expect(StagedSocket.newest?.sent.filter((frame) => frame.startsWith('<open'))).toHaveLength(2);
  expect(StagedSocket.dials).toBe(3);
});

test('tells a server in turn that has said nothing for 18 s, and gives it as long again', async () => {
  const { clock, socket, events } = dial(() => undefined);
  await expect.poll(() => socket.sent).toHaveLength(2);
  clock.pass(18_000);
  const second = StagedSocket.newest;
  await expect.poll(() => second?.sent.length).toBe(1);

  clock.pass(17_000);
  const early = [...events];
  clock.pass(1_000);

  expect(second).not.toBe(socket);
  expect([early, events, StagedSocket.dials]).toEqual([[], ['lost'], 2]);
});

test('writes a frame to the friend as XEP-0432 and XEP-0335 have it, and asks that nobody stores it', async () => {
  const { transport, socket } = await online();

  const sent = transport.send('{"v":1,"events":["<&>"]}');

  expect(sent).toBe(true);
  const message = new DOMParser().parseFromString(socket.sent.at(-1) ?? '', 'text/xml').documentElement;
  expect(message.getAttribute('to')).toBe(friend);
  expect(message.getElementsByTagNameNS('urn:xmpp:json:0', 'json')[0]?.textContent).toBe('{"v":1,"events":["<&>"]}');
  expect(message.getElementsByTagNameNS('urn:xmpp:json-msg:0', 'payload')[0]?.getAttribute('datatype')).toBe(
    'urn:befriend:event:1',
  );
  expect(message.getElementsByTagNameNS('urn:xmpp:hints', 'no-store')).toHaveLength(1);
});

test('hears the friend, and nobody else', async () => {
  const { socket, events } = await online();

  for (const from of ['visitors.page.test', 'friend.page.test.evil.test', 'friend.page.test/x', 'u@friend.page.test'])
    socket.receives(framed(from, '"forged"'));
  socket.receives(framed(friend, '"true"'));

  await expect.poll(() => events).toEqual(['"true"']);
});

test('speaks with an account at its full JID, and hears no other connection of it', async () => {
  const { transport, socket, events } = await online('friend@page.test/server');
  const presence = socket.sent.at(-1);

  transport.send('{}');
  for (const from of ['friend@page.test', 'friend@page.test/phone', 'friend@page.test/server2', 'page.test'])
    socket.receives(framed(from, '"forged"'));
  socket.receives(framed('friend@page.test/server', '"true"'));

  await expect.poll(() => events).toEqual(['"true"']);
  expect(presence).toMatch(/^<presence to="friend@page.test\/server"/);
  expect(socket.sent.at(-1)).toMatch(/^<message to="friend@page.test\/server"/);
});

test('reports what comes back instead of reading it', async () => {
  const { socket, events } = await online();

  socket.receives(framed(friend, '"our own words"', 'error'));

  await expect.poll(() => events).toEqual(['bounced']);
});

test('lives on after a stanza without a payload', async () => {
  const { socket, events } = await online();

  socket.receives(`<message xmlns="jabber:client" from="${friend}"><body>hello</body></message>`);
  socket.receives(`<presence xmlns="jabber:client" from="${friend}"/>`);
  socket.receives(framed(friend, '"next"'));

  await expect.poll(() => events).toEqual(['"next"']);
});

test.each([
  ['lets nobody in', unfriendly],
  ['does not serve the host', elsewhere],
])('takes a server that %s for a refusal, once', async (_how, server) => {
  const { events, socket } = dial(server());

  await expect.poll(() => events).toEqual(['refused']);
  socket.close();
  await new Promise((resolve) => setTimeout(resolve));

  expect(events).toEqual(['refused']);
});

test('gives up a server that stays silent, after eighteen seconds', async () => {
  const { clock, events } = dial(() => undefined);

  clock.pass(17_999);
  expect(events).toEqual([]);
  clock.pass(1);

  expect(events).toEqual(['lost']);
});

test('says once that it is lost when the socket closes before it opens', async () => {
  const { events, socket } = dial(welcoming());

  socket.close();

  await expect.poll(() => events).toEqual(['lost']);
});

test('says once that it is lost when the socket closes, and sends no more', async () => {
  const { transport, events, socket } = await online();

  socket.close();
  await expect.poll(() => events).toEqual(['lost']);

  expect(transport.send('{}')).toBe(false);
});

test.each(['result', 'error'])(
  'asks the server for a sign of life, and takes an answer of type %s for one',
  async (type) => {
    const { transport, socket } = await online();
    let alive = 0;
    void transport.ping().then(() => {
      alive += 1;
    });
    await expect.poll(() => socket.sent.at(-1)).toMatch(/^<iq /);
    const ping = new DOMParser().parseFromString(socket.sent.at(-1) ?? '', 'text/xml').documentElement;
    const [to, id] = [ping.getAttribute('to'), ping.getAttribute('id')];
    const answer = (from: string): string => `<iq xmlns="jabber:client" from="${from}" id="${id}" type="${type}"/>`;

    socket.receives(answer(friend));
    socket.receives(framed(friend, '"later"'));
    await new Promise((resolve) => setTimeout(resolve));
    expect({ to, asked: ping.getElementsByTagNameNS('urn:xmpp:ping', 'ping').length, alive }).toEqual({
      to: 'visitors.page.test',
      asked: 1,
      alive: 0,
    });
    socket.receives(answer('visitors.page.test'));

    await expect.poll(() => alive).toBe(1);
  },
);

test('asks nothing where there is no stream', async () => {
  const { transport, socket, events } = await online();
  socket.close();
  await expect.poll(() => events).toEqual(['lost']);
  const { length } = socket.sent;

  void transport.ping();

  expect(socket.sent).toHaveLength(length);
});

test('closes the stream properly, then the socket', async () => {
  const { transport, socket } = await online();

  await transport.close();

  expect(socket.sent.at(-1)).toMatch(/^<close /);
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});

test('waits a second at most for a half-open socket to close', async () => {
  const { transport, clock, socket } = await online();
  socket.send = () => undefined;
  socket.close = () => undefined;
  let closed = false;
  const closing = transport.close().then(() => {
    closed = true;
  });
  await new Promise((resolve) => setTimeout(resolve));
  expect(closed).toBe(false);

  clock.pass(1_000);
  await closing;

  expect(closed).toBe(true);
});
