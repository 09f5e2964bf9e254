import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'ltx';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { namespaces, toJson } from '../../protocol/frame.ts';
import type { Log, Transport } from '../core/ports.ts';
import { accountTransport } from '../transports/account.ts';
import { componentTransport } from '../transports/component.ts';
import { jsonOf, jsonOfElements, payload, texts } from '../transports/contract-stanzas.ts';
import { type EventRecorder, eventRecorder } from '../transports/event-recorder.ts';
import { clock, random } from './platform.ts';
import { startEjabberd } from './xmpp/ejabberd.ts';
import { anonymousClient, type RawStream } from './xmpp/raw-clients.ts';
import type { XmppServer } from './xmpp/xmpp-server.ts';

const account = 'friend@localhost/server';
const component = 'friend.localhost';
const password = 'pässword & "more"';
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let data: string;
let server: XmppServer;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'befriend-transports-'));
  chmodSync(data, 0o755);
  const hosts = { friend: component, friendAccount: account, visitorsHost: 'visitors.localhost', origins: [] };
  server = await startEjabberd({ dataDir: data, ...hosts, wsPort: 0, componentPort: 0, log: silent });
  await server.ctl?.('register', 'friend', 'localhost', password);
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

function accountAt(change: { password?: string; address?: string } = {}): Transport {
  const service = `xmpp://127.0.0.1:${server.clients?.port}`;
  return accountTransport({ service, address: account, password, clock, random, log: silent, ...change });
}

function componentAt(): Transport {
  const { port, secret } = server.component;
  const service = `xmpp://127.0.0.1:${port}`;
  return componentTransport({ service, domain: component, secret, clock, random, log: silent });
}

/** A transport that is started; what it told of its link is taken up to `state`. */
async function started(transport: Transport, state = 'up'): Promise<EventRecorder> {
  const events = eventRecorder();
  transport.start(events);
  await events.links.until((link) => link.state === state);
  return events;
}

describe.each([
  ['a component', componentAt],
  ['an account', accountAt],
])('the friend as %s of ejabberd', (_mode, transportAt) => {
  let transport: Transport;
  let events: EventRecorder;
  let ann: RawStream;

  beforeEach(async () => {
    transport = transportAt();
    events = await started(transport);
    ann = await anonymousClient(server.service, server.visitorsHost);
    ann.send(`<presence xmlns="jabber:client" to="${transport.address}"/>`);
    // It comes: the server tells when she goes from here on.
    await events.told.next();
  });
  afterEach(async () => {
    ann.close();
    await transport.stop();
  });

  function says(content: string, id = 'm'): void {
    // Without the hint, ejabberd would keep it for an account that is away, and say nothing.
    const hint = `<no-store xmlns="${namespaces.hints}"/>`;
    const start = `<message xmlns="jabber:client" to="${transport.address}" type="chat" id="${id}">`;
    ann.send(`${start}${content}${hint}</message>`);
  }

  test.each(['json', 'xml'] as const)('carries everything there and back in %s, and answers in it', async (form) => {
    const jsons = Object.values(texts).map((text) => toJson({ v: 1, events: [{ text, [text]: 1 }] }));
    const read = form === 'xml' ? jsonOfElements : jsonOf;
    const answers: (string | undefined)[] = [];

    for (const json of jsons) says(payload(json, form));
    const told = await events.told.take(jsons.length);
    for (const json of jsons) transport.send(ann.jid, json);
    for (const _ of jsons) answers.push(read(await ann.until(/<payload/)));

    expect(told).toEqual(jsons.map((json) => ({ kind: 'frame', from: ann.jid, json, stanzaId: 'm' })));
    expect(answers).toEqual(jsons);
  });

  test('keeps the order of 500 frames in and out', async () => {
    const frames = Array.from({ length: 500 }, (_, n) => `{"n":${n}}`);
    const answers: (string | undefined)[] = [];

    for (const json of frames) {
      says(payload(json));
      transport.send(ann.jid, json);
    }
    const told = await events.told.take(frames.length);
    for (const _ of frames) answers.push(jsonOf(await ann.until(/<payload/)));

    expect(told.map((event) => event.kind === 'frame' && event.json)).toEqual(frames);
    expect(answers).toEqual(frames);
  });

  test('tells that a visitor is gone, and gets back at once what was sent to him after that', async () => {
    ann.close();
    const gone = await events.told.next();
    transport.send(ann.jid, '{}');

    expect(gone).toEqual({ kind: 'gone', from: ann.jid });
    expect(await events.told.next()).toMatchObject({ kind: 'bounced', from: ann.jid, type: 'cancel' });
  });

  test('lets everything bounce once it is stopped', async () => {
    await transport.stop();
    says(payload('{}'), 'late');

    const bounce = parse(await ann.until(/late/));
    expect(bounce?.attrs).toMatchObject({ type: 'error', from: transport.address });
  });
});

test('leaves its place to a second process with the same account, and says so', async () => {
  const [first, second] = [accountAt(), accountAt()];
  const events = await started(first);
  const others = await started(second);

  const refused = await events.links.until(({ state }) => state === 'refused');

  expect(refused.reason).toContain(`Another process is logged in as ${account}`);
  expect(others.links.size).toBe(0);
  await Promise.all([first.stop(), second.stop()]);
});

test.each([
  ['a wrong password', { password: 'guessed' }, 'Correct BEFRIEND_ACCOUNT_PASSWORD'],
  ['an account that is not there', { address: 'nobody@localhost/server' }, 'or register the account'],
  ['a host that is not there', { address: 'friend@elsewhere.localhost/server' }, 'Correct BEFRIEND_ACCOUNT.'],
])('says what to do about %s', async (_case, change, words) => {
  const transport = accountAt(change);
  const events = eventRecorder();
  transport.start(events);

  const refused = await events.links.until(({ state }) => state === 'refused');

  expect(refused.reason).toContain(words);
  await transport.stop();
});
