import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountTransport } from './account.ts';
import { transportContract } from './contract.ts';
import { type EventRecorder, eventRecorder, type RecordedLog, recordedLog } from './event-recorder.ts';
import { type FakeAccount, fakeAccountServer } from './fake-account-server.ts';
import type { FakeServer } from './fake-server.ts';
import { type HandClock, handClock, realClock } from './hand-clock.ts';

const address = 'friend@example.com/server';
const password = 'pässword & "more"';
const middle = { bytes: (count: number) => new Uint8Array(count).fill(128) };

transportContract('account', { address }, async (log) => {
  const server = await fakeAccountServer({ address, password });
  const { service } = server;
  const transport = accountTransport({ service, address, password, clock: realClock, random: middle, log });
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

describe('the account', () => {
  let server: FakeServer;
  let clock: HandClock;
  let events: EventRecorder;
  let log: RecordedLog;
  const stops: (() => Promise<void>)[] = [];

  beforeEach(() => {
    clock = handClock();
    events = eventRecorder();
    log = recordedLog();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await server.stop();
  });

  async function connect(account: Partial<FakeAccount> = {}, change: { password?: string; host?: string } = {}) {
    server = await fakeAccountServer({ address, password, ...account });
    const service = server.service.replace('127.0.0.1', change.host ?? '127.0.0.1');
    const transport = accountTransport({ service, address, password, clock, random: middle, log, ...change });
    stops.push(transport.stop);
    transport.start(events);
  }

  const isState = (state: string) => events.links.until((link) => link.state === state);

  test('asks for no session that could be resumed, and sends no presence', async () => {
    await connect();
    await isState('up');
    clock.advance(60_000);

    expect(await server.looped.next()).toContain('urn:xmpp:ping');
    expect(server.sent.size).toBe(0);
  });

  test('hears what comes in one piece with the end of its login', async () => {
    await connect({ atOnce: `<presence from='a@b/c' to='${address}' type='unavailable'/>` });

    expect(await events.told.next()).toEqual({ kind: 'gone', from: 'a@b/c' });
  });

  test.each<[string, Partial<FakeAccount>, { password?: string; host?: string }, string]>([
    [
      'its password is wrong',
      {},
      { password: 'guessed' },
      'Correct BEFRIEND_ACCOUNT_PASSWORD, or register the account.',
    ],
    [
      'it is bound to another resource',
      { binds: 'friend@example.com/7' },
      {},
      `Another process is logged in as ${address}.`,
    ],
    ['no login is offered that it knows', { mechanisms: ['X-OAUTH2'] }, {}, 'neither SCRAM-SHA-1 nor PLAIN'],
    [
      'its password would cross the network in the clear',
      {},
      { host: '0.0.0.0' },
      'is another machine and offers no TLS',
    ],
  ])('says that %s, and tries again slowly', async (_case, account, change, words) => {
    await connect(account, change);

    const refused = await isState('refused');
    const [retry] = clock.due();

    expect(refused.reason).toContain(words);
    expect(retry).toBeGreaterThan(24_000);
    expect(log.lines.join()).not.toContain(password);
  });

  test('says that another process took its place, and leaves it there for a while', async () => {
    await connect();
    await isState('up');

    server.write(
      `<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>`,
    );

    const refused = await isState('refused');
    expect(refused.reason).toContain(`Another process is logged in as ${address}. Stop it`);
    expect(clock.due()[0]).toBeGreaterThan(24_000);
  });

  test.each(['friend@example.com', 'example.com/server', '@example.com/server'])('is no account: %s', (wrong) => {
    const build = () =>
      accountTransport({ service: 'xmpp://127.0.0.1:1', address: wrong, password, clock, random: middle, log });

    expect(build).toThrow(`Expected name@domain/resource, got ${wrong}`);
  });
});
