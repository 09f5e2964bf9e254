import { startPlanted } from '../../server/bin/xmpp/contract-planted.ts';
import type { XmppServer } from '../../server/bin/xmpp/xmpp-server.ts';
import { problemsOnly } from '../problems-only.ts';
import { addresses, visitorsHost } from '../routing/bench-server.ts';

/** The host of the anonymous clients that meet in a MUC room, and that of the rooms. */
export const mucHosts = { clients: 'crowd.localhost', rooms: 'rooms.crowd.localhost' } as const;

/**
 * A host without a fence, whose rooms are as cheap as XEP-0045 allows: no history, no presence of others, no limits.
 * Without the last, a thousand entries alone would be a million stanzas.
 */
const crowdHost = `  "${mucHosts.clients}":
    auth_method: anonymous
    anonymous_protocol: sasl_anon
    allow_multiple_connections: false
    modules:
      mod_muc:
        host: "${mucHosts.rooms}"
        history_size: 0
        max_users: 5000
        default_room_options:
          max_users: 5000
          presence_broadcast: []
`;

/** Starts an ejabberd as the product configures it, without shaper, and with a host for MUC beside the visitors'. */
export function startMucServer(dataDir: string): Promise<XmppServer> {
  const options = {
    ...{ dataDir, visitorsHost, friend: addresses.friend, origins: [], bytesPerSecond: 0 },
    ...{ wsPort: 0, componentPort: 0, log: problemsOnly },
  };
  return startPlanted(options, withCrowd);
}

/** Adds the host. @throws Error when the configuration does not name the visitors' as expected. */
function withCrowd(yml: string): string {
  const listed = `  - "${visitorsHost}"\n`;
  if (!yml.includes(listed)) throw new Error('ejabberd.yml.tmpl names the visitors elsewhere.');
  return `${yml.replace(listed, `${listed}  - "${mucHosts.clients}"\n`).trimEnd()}\n${crowdHost}`;
}
