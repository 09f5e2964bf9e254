import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { componentTransport } from './component.ts';
import { transportContract } from './contract.ts';
import { type EventRecorder, eventRecorder, type RecordedLog, recordedLog } from './event-recorder.ts';
import { fakeComponentServer } from './fake-component-server.ts';
import type { FakeServer, Manner } from './fake-server.ts';
import { type HandClock, handClock, realClock } from './hand-clock.ts';

const domain = 'friend.example.com';
const secret = 'a secret';
const middle = { bytes: (count: number) => new Uint8Array(count).fill(128) };

/** A message with a frame. */
const framed = (from: string, json: string): string =>
  `<message from="${from}" to="${domain}"><payload xmlns="urn:xmpp:json-msg:0" datatype="urn:befriend:event:1">` +
  `<json xmlns="urn:xmpp:json:0">${json}</json></payload></message>`;

transportContract('component', { address: domain }, async (log) => {
  const server = await fakeComponentServer(domain, secret);
  const { service } = server;
  const transport = componentTransport({ service, domain, secret, clock: realClock, random: middle, log });
  return {
    transport,
    deliver: server.write,
    sent: server.sent,
    closed: server.closed,
    async dispose() {
      await transport.stop();
      await server.stop();
    },
  };
});

const macrotask = () => new Promise((resolve) => setImmediate(resolve));

describe('the component', () => {
  let server: FakeServer;
  let clock: HandClock;
  let events: EventRecorder;
  let log: RecordedLog;
  const stops: (() => Promise<void>)[] = [];
  const rejections: unknown[] = [];
  const keepRejection = (reason: unknown) => rejections.push(reason);

  beforeEach(async () => {
    server = await fakeComponentServer(domain, secret);
    clock = handClock();
    events = eventRecorder();
    log = recordedLog();
    process.on('unhandledRejection', keepRejection);
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await server.stop().catch(() => undefined);
    process.off('unhandledRejection', keepRejection);
    expect(rejections.splice(0)).toEqual([]);
  });

  function connect(change: Partial<{ secret: string; service: string; clock: HandClock }> = {}) {
    const { service } = server;
    const transport = componentTransport({ service, domain, secret, clock, random: middle, log, ...change });
    stops.push(transport.stop);
    transport.start(events);
    return transport;
  }

  const isState = (state: string) => events.links.until((link) => link.state === state);

  test('reads a message that is cut at every byte', async () => {
    connect();
    await isState('up');
    const json = '{"text":"é€👩🏽‍🚀"}';
    const stanza = Buffer.from(framed('a@b/c', json));
    const before = '<presence from="a@b/c" to="friend.example.com" type="unavailable"/>';

    const read: unknown[] = [];
    for (let cut = 1; cut < stanza.length; cut += 1) {
      server.write(Buffer.concat([Buffer.from(before), stanza.subarray(0, cut)]));
      // Told from the first piece, so that the second is certain to be read by itself.
      await events.told.next();
      server.write(stanza.subarray(cut));
      const told = await events.told.next();
      if (told.kind === 'frame') read.push(told.json);
    }

    expect(read).toHaveLength(stanza.length - 1);
    expect(new Set(read)).toEqual(new Set([json]));
  });

  test('says that its secret is refused and what to do, and tries again slowly', async () => {
    connect({ secret: 'another' });

    const first = await isState('refused');
    const [retry] = clock.due();
    clock.advance(36_000);
    const second = await isState('refused');

    expect(first.reason).toBe(
      'The XMPP server refused the component secret. Set BEFRIEND_SECRET to the secret in its configuration. ' +
        'The configuration must also name the component friend.example.com.',
    );
    expect(retry).toBeGreaterThan(24_000);
    expect(second).toEqual(first);
    expect(log.lines.filter((line) => line.includes('refused'))).toHaveLength(1);
  });

  test('gives up on a server that does not accept the connection within 8 s', async () => {
    connect();

    clock.advance(8_000);
    const down = await isState('down');
    clock.advance(1_000);

    expect(down.reason).toContain('did not accept the connection within 8 s');
    expect((await isState('up')).state).toBe('up');
  });

  test.each<[Manner, string]>([
    ['silent', 'said nothing for 10 s'],
    ['ignores_login', 'said nothing for 10 s'],
  ])('gives up on a server that is %s, and reaches it when it speaks', async (manner, words) => {
    server.manner = manner;
    connect();
    const socket = await server.connections.next();
    await once(socket, 'data');
    if (manner === 'ignores_login') await once(socket, 'data');

    clock.advance(10_000);
    const down = await isState('down');
    server.manner = 'correct';
    clock.advance(1_000);

    expect(down.reason).toContain(words);
    expect((await isState('up')).state).toBe('up');
  });

  test.each<Manner>(['hangs_up', 'hangs_up_on_header'])('tries again where the server %s', async (manner) => {
    server.manner = manner;
    connect();

    const down = await isState('down');
    server.manner = 'correct';
    clock.advance(1_000);

    expect(down.reason).toMatch(/before the login was done|was cut/);
    expect((await isState('up')).state).toBe('up');
  });

  test('finds a server again that was restarted', async () => {
    const transport = connect();
    await isState('up');

    await server.stop();
    await isState('down');
    const lost = transport.send('a@b/c', '{}');
    clock.advance(1_000);
    const away = await isState('down');
    server = await fakeComponentServer(domain, secret, server.port);
    clock.advance(2_000);
    await isState('up');
    transport.send('a@b/c', '{"back":true}');

    expect(lost).toBe(false);
    expect(away.reason).toContain('Nothing answers at 127.0.0.1:');
    expect(await server.sent.next()).toContain('{"back":true}');
  });

  test('pings itself through the server when nothing arrived for 30 s, and keeps a link that answers', async () => {
    connect();
    await isState('up');

    clock.advance(30_000);
    const [ping, pong] = await server.looped.take(2);
    clock.advance(10_000);
    await macrotask();

    expect(ping).toContain('urn:xmpp:ping');
    expect(pong).toContain('type="result"');
    expect(events.links.size).toBe(0);
    expect(clock.due()).toEqual([30_000]);
  });

  test('takes a server that hangs for dead, and connects again', async () => {
    server.routes = false;
    connect();
    await isState('up');

    clock.advance(30_000);
    await server.looped.next();
    clock.advance(9_999);
    await macrotask();
    const before = events.links.size;
    clock.advance(1);
    const down = await isState('down');
    clock.advance(1_000);

    expect(before).toBe(0);
    expect(down.reason).toContain('did not answer a ping in time');
    expect((await isState('up')).state).toBe('up');
  });

  test.each([true, false])('looks soon after much was read at once whether anything still comes: %s', async (comes) => {
    server.routes = comes;
    connect();
    await isState('up');

    server.write(framed('a@b/c', `{"text":"${'x'.repeat(50_000)}"}`));
    await events.told.next();
    clock.advance(250);
    await server.looped.take(comes ? 2 : 1);
    await macrotask();
    clock.advance(999);
    await macrotask();
    const before = events.links.size;
    clock.advance(1);
    await macrotask();

    expect(before).toBe(0);
    if (comes) expect([events.links.size, clock.due().at(-1)]).toEqual([0, 30_000]);
    else expect((await isState('down')).reason).toContain('did not answer a ping in time');
  });

  test.each([
    ['an illegal character reference', '<message>&#1;</message>'],
    ['a tag that is not closed', '<message><a></b></message><presence/>'],
    ['an end without a start', '</a></b></c>'],
    ['an error without a condition', '<stream:error/>'],
  ])('survives %s and comes back', async (_case, raw) => {
    connect();
    await isState('up');

    server.write(raw);
    await isState('down');
    clock.advance(1_000);

    expect((await isState('up')).state).toBe('up');
  });

  test('hands a raw control character on and keeps its link', async () => {
    connect();
    await isState('up');

    server.write(framed('not a jid @@', '"\u0001"'));
    server.write(framed('a@b/c', '{}'));

    const [odd, next] = await events.told.take(2);
    expect(odd).toMatchObject({ kind: 'frame', json: '"\u0001"' });
    expect(next).toMatchObject({ kind: 'frame', json: '{}' });
    expect(events.links.size).toBe(0);
  });

  test('writes the frames of one tick as one piece', async () => {
    const transport = connect();
    const socket = await server.connections.next();
    await isState('up');
    const pieces: number[] = [];
    socket.on('data', (bytes) => pieces.push(bytes.length));

    for (let n = 0; n < 20; n += 1) transport.send('a@b/c', `{"n":${n}}`);
    await server.sent.take(20);

    expect(pieces).toHaveLength(1);
  });

  test('writes what is queued as soon as it is asked to, and nothing twice', async () => {
    const waiting: (() => void)[] = [];
    const transport = connect({ clock: { ...clock, defer: (task) => void waiting.push(task) } });
    await isState('up');

    transport.send('a@b/c', '{"n":1}');
    transport.flush?.();
    const first = await server.sent.next();
    for (const task of waiting) task();
    transport.send('a@b/c', '{"n":2}');
    transport.flush?.();
    const second = await server.sent.next();

    expect([first, second]).toEqual([expect.stringContaining('{"n":1}'), expect.stringContaining('{"n":2}')]);
  });

  test('drops frames, and says so once, when 16 MiB wait for a server that does not read', async () => {
    const transport = connect();
    const socket = await server.connections.next();
    await isState('up');
    socket.pause();
    const json = `"${'x'.repeat(60_000)}"`;

    let taken = 0;
    while (taken < 2_000 && transport.send('a@b/c', json)) {
      taken += 1;
      if (taken % 50 === 0) await macrotask();
    }
    const again = transport.send('a@b/c', json);
    socket.resume();
    await server.sent.take(taken);

    expect(taken).toBeLessThan(2_000);
    expect(again).toBe(false);
    expect(transport.counts.dropped).toBe(2);
    expect(log.lines.filter((line) => line.includes('does not read'))).toHaveLength(1);
    expect(transport.send('a@b/c', '{}')).toBe(true);
  });

  test('stops between two attempts, and while one is under way', async () => {
    const waiting = connect({ service: 'xmpp://127.0.0.1:1' });
    await isState('down');
    await waiting.stop();
    server.manner = 'silent';
    const hanging = connect();
    await server.connections.next();
    await hanging.stop();

    clock.advance(600_000);

    expect(clock.due()).toEqual([]);
    expect((await events.links.until(({ reason }) => reason === 'Stopped.')).state).toBe('down');
  });

  test('accepts an xmpp:// address only', () => {
    expect(() => connect({ service: 'http://127.0.0.1:5347' })).toThrow('Expected xmpp://host:port');
  });
});
