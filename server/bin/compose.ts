import { Friend } from '../core/friend.ts';
import type { FriendOptions } from '../core/friend-options.ts';
import type { Sha256, TokenVerifier } from '../core/ports.ts';
import { TokenBucket } from '../core/token-bucket.ts';
import { type RateLimit, rateLimit } from '../middleware/rate-limit.ts';
import { nativeGateway } from '../native/gateway.ts';
import { puppets } from '../native/puppets.ts';
import type { Config } from '../package/config.ts';
import { type AccountsOptions, accounts } from '../plugins/accounts.ts';
import { conversations } from '../plugins/conversations.ts';
import { helpdesk } from '../plugins/desk/desk.ts';
import { type FilesOptions, files } from '../plugins/files.ts';
import { groups } from '../plugins/groups.ts';
import { identity } from '../plugins/identity.ts';
import { messages } from '../plugins/messages.ts';
import { page } from '../plugins/page.ts';
import { presence } from '../plugins/presence.ts';
import { relations } from '../plugins/relations.ts';
import { type SiteOptions, site } from '../plugins/site/site.ts';

export interface Composition extends FriendOptions, Config {
  readonly sha256: Sha256;
  /** Of one user's events; none where absent. */
  readonly rate?: RateLimit;
  /** Checks the site's tokens; without it nobody is signed in by one. */
  readonly tokens?: TokenVerifier;
  /** Whose XMPP accounts are people, and which of them answer for the site; nobody's where absent. */
  readonly accounts?: Pick<AccountsOptions, 'hosts' | 'colleagues'>;
  /** Where files are kept, and how many; nobody sends any where absent. */
  readonly files?: FilesOptions;
  /** What the site's own back end needs to be said; see docs/api.md. */
  readonly site?: SiteOptions;
  /** New users each second, and at once. */
  readonly newUsers?: { readonly perSecond: number; readonly burst: number };
}

/** The friend with everything that the product ships and with the site's own logic, not started. */
export function composeFriend({
  sha256,
  rate,
  relations: kinds,
  roles,
  firstSpeaker,
  tokens,
  rename = false,
  accounts: people = { hosts: [], colleagues: [] },
  files: kept,
  name = 'Befriend',
  site: backEnd,
  newUsers = { perSecond: 10, burst: 100 },
  events,
  desk,
  plugins = [],
  setup,
  ...options
}: Composition): Friend {
  // A desk has one wall clock: its own, or that of its first queue with hours.
  const zone = (desk?.hours ?? desk?.queues?.find(({ hours }) => hours !== undefined)?.hours)?.zone;
  const own = { sha256, name, ...(zone === undefined ? {} : { zone }) };
  const gateway = nativeGateway({ ...own, hosts: people.hosts, expected: people.colleagues });
  const friend = new Friend({ gateway, ...options });
  if (rate !== undefined) friend.use(rateLimit(rate));
  const arrivals = new TokenBucket(newUsers.perSecond, newUsers.burst, options.clock.now());
  friend.plug(relations(kinds)).plug(conversations({ ...(roles && { roles }), ...(firstSpeaker && { firstSpeaker }) }));
  if (kept !== undefined) friend.plug(files(kept));
  friend
    .plug(identity({ sha256, newUsers: arrivals, rename, ...(tokens && { tokens }) }))
    .plug(groups({ sha256 }))
    .plug(messages())
    .plug(presence())
    .plug(helpdesk(desk))
    .plug(page())
    .plug(site(backEnd))
    .plug(accounts({ ...people, sha256, newUsers: arrivals }))
    .plug(puppets({ address: options.transport.address, name }));
  for (const plugin of plugins) friend.plug(plugin);
  setup?.(events === undefined ? friend : friend.events(events));
  return friend;
}
