import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Log } from '../../core/ports.ts';
import { transportContract } from '../../transports/contract.ts';
import { benchThrough, contractDomains } from './contract-transport.ts';
import { startEjabberd } from './ejabberd.ts';
import { startProsody } from './prosody.ts';
import type { XmppServer, XmppServerOptions } from './xmpp-server.ts';

const { friend, speaker } = contractDomains;
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const traits = { address: friend, identity: { category: 'component', type: 'generic' } };

describe('through Prosody', () => {
  const server = running(startProsody, 'prosody/config/prosody.cfg.lua', (file, { component: { secret } }) => {
    appendFileSync(file, `\nComponent "${speaker}"\n\tcomponent_secret = "${secret}"\n`);
  });

  // What is deeper, and an IQ that asks nothing, is lost in Prosody when a component sends it.
  const passed = { levels: 10_000, passesEmptyRequests: false } as const;
  transportContract('component through Prosody', { ...traits, ...passed }, (log) => benchThrough(server(), log));
});

describe('through ejabberd', () => {
  const server = running(startEjabberd, 'ejabberd/config/ejabberd.yml', (file, { component: { secret } }) => {
    const listed = `      "${friend}":\n        password: "${secret}"\n`;
    const yml = readFileSync(file, 'utf8');
    const trusted = `    server: "visitors.localhost"\n`;
    const both = `    server:\n      - "visitors.localhost"\n      - "${speaker}"\n`;
    writeFileSync(file, yml.replace(listed, listed + listed.replace(friend, speaker)).replace(trusted, both));
  });

  transportContract('component through ejabberd', traits, (log) => benchThrough(server(), log));
});

type Start = (options: XmppServerOptions) => Promise<XmppServer>;

/** A server for all tests of a suite, whose configuration `admit` has changed. */
function running(start: Start, config: string, admit: (file: string, server: XmppServer) => void): () => XmppServer {
  let dataDir: string;
  let server: XmppServer;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'befriend-test-'));
    chmodSync(dataDir, 0o755);
    const hosts = { friend, visitorsHost: 'visitors.localhost', origins: [], wsPort: 0, componentPort: 0 };
    server = await start({ dataDir, ...hosts, log: silent });
    admit(join(dataDir, config), server);
    await server.restart?.();
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);
  return () => server;
}
