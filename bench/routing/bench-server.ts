import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEjabberd } from '../../server/bin/xmpp/ejabberd.ts';
import { findEjabberd } from '../../server/bin/xmpp/ejabberd-binary.ts';
import { probeComponent } from '../../server/bin/xmpp/probe.ts';
import { prepareFolder, writePrivateFile } from '../../server/bin/xmpp/server-folder.ts';
import type { XmppServer } from '../../server/bin/xmpp/xmpp-server.ts';
import { problemsOnly } from '../problems-only.ts';

/** The friend's address, and that of the floor: two components of the same server, only one of them busy at a time. */
export const addresses = { friend: 'friend.localhost', floor: 'floor.localhost' } as const;

/** The host of the anonymous clients. */
export const visitorsHost = 'visitors.localhost';

/**
 * Starts an ejabberd as the product configures it, with three differences: no shaper, because one client here sends what
 * a thousand people would, and a second component, the floor, with the same rights as the friend, as have visitors.
 */
export async function startBenchServer(dataDir: string): Promise<XmppServer> {
  const server = await startEjabberd({
    ...{ dataDir, visitorsHost, friend: addresses.friend, origins: [], bytesPerSecond: 0 },
    ...{ wsPort: 0, componentPort: 0, log: problemsOnly },
  });
  try {
    await admitFloor(server, dataDir);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function admitFloor(server: XmppServer, dataDir: string): Promise<void> {
  const { owner } = findEjabberd();
  const path = join(prepareFolder(dataDir, 'ejabberd', owner).config, 'ejabberd.yml');
  writePrivateFile(path, withFloor(readFileSync(path, 'utf8'), server.component.secret), owner);
  // Not by a reload, which often leaves the listener with the components that it had.
  await server.restart?.();
  const { host, port } = server.component;
  if (await probeComponent(host, port, addresses.floor, 5_000)) return;
  throw new Error('ejabberd did not take the second component into its configuration.');
}

/** Adds the floor wherever the configuration names the friend. @throws Error when it does not as expected. */
function withFloor(yml: string, secret: string): string {
  const { floor, friend } = addresses;
  const listed = `      "${friend}":\n        password: "${secret}"\n`;
  const trusted = `  friend:\n    server: "${friend}"\n`;
  // The direct peer writes past the friend: the fence looks at each of its stanzas, as in production, and lets it pass.
  const fenced = '  from_friend:\n    - allow: friend\n';
  const isAsExpected = [listed, trusted, fenced].every((part) => yml.includes(part));
  if (!isAsExpected) throw new Error('ejabberd.yml.tmpl names the friend elsewhere.');
  return yml
    .replace(fenced, `${fenced}    - allow: visitors\n`)
    .replace(listed, `${listed}${listed.replace(friend, floor)}`)
    .replace(trusted, `  friend:\n    server:\n      - "${friend}"\n      - "${floor}"\n`);
}
