import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { optionsAt } from './contract.ts';
import { startPlanted } from './contract-planted.ts';
import { probeFence } from './fence-probes.ts';
import { accountClient, type RawStream } from './raw-clients.ts';
import type { XmppServer } from './xmpp-server.ts';

const accountsHost = 'localhost';

/** What ours offers to nobody, for the accounts' host. */
const services = `      mod_http_upload:
        host: "upload.${accountsHost}"
        access: all
        put_url: "http://127.0.0.1/upload"
      mod_muc:
        host: "conference.${accountsHost}"
        default_room_options:
          allow_user_invites: true
      mod_multicast:
        host: "multicast.${accountsHost}"
      mod_pubsub:
        host: "pubsub.${accountsHost}"
`;

function withServices(yml: string): string {
  const place = '      mod_version:\n';
  if (!yml.includes(place)) throw new Error('ejabberd.yml.tmpl names the modules of accounts otherwise.');
  return yml.replace(place, services + place);
}

async function account({ service, ctl }: XmppServer, name: string): Promise<RawStream> {
  await ctl?.('register', name, accountsHost, 'a-password');
  const stream = await accountClient(service, accountsHost, name, 'a-password');
  onTestFinished(() => stream.close());
  stream.send('<presence xmlns="jabber:client"/>');
  await stream.until(/<presence/);
  return stream;
}

test('reports what arrives through multicast, rooms, nodes and uploads, where a server offers them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'befriend-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const options = optionsAt(folder);
  const server = await startPlanted(options, withServices);
  onTestFinished(() => server.stop());
  const [lea, max] = [await account(server, 'lea'), await account(server, 'max')];

  const { visitorsHost } = server;
  const { arrived } = await probeFence(lea, { victim: max, visitorsHost, accountsHost, friend: options.friend });

  expect(arrived.filter((name) => !/ to (full|bare)$/.test(name))).toEqual([
    'addressed message via multicast.localhost',
    'addressed presence via multicast.localhost',
    'join of room@conference.localhost',
    'word in room@conference.localhost',
    'invitation via room@conference.localhost',
    'publication at pubsub.localhost',
    'upload slot at upload.localhost',
  ]);
}, 60_000);
