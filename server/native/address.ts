/** An XMPP address in its parts (RFC 7622), as a server has stamped or routed it. */
export interface Address {
  readonly local: string;
  readonly domain: string;
  readonly resource: string;
  /** `local@domain`, or the domain alone. */
  readonly bare: string;
}

/** Takes an address apart. Never throws; what is no address has an odd domain that nobody has. */
export function addressOf(jid: string): Address {
  const slash = jid.indexOf('/');
  const bare = slash === -1 ? jid : jid.slice(0, slash);
  const at = bare.indexOf('@');
  const resource = slash === -1 ? '' : jid.slice(slash + 1);
  return { local: at === -1 ? '' : bare.slice(0, at), domain: bare.slice(at + 1), resource, bare };
}

/** The address of a user or a conversation at the friend's. */
export function jidAt(friend: string, local: string): string {
  return `${local}@${addressOf(friend).domain}`;
}

/** What an address below the friend's stands for. */
export type Place =
  /** The friend itself. */
  | { readonly is: 'friend' }
  | { readonly is: 'user'; readonly user: string }
  | { readonly is: 'conversation'; readonly conversation: string };

/** The place of an address; undefined for one that nobody has. */
export function placeOf(jid: string, friend: string): Place | undefined {
  const { bare, local, domain } = addressOf(jid);
  if (bare === addressOf(friend).bare) return { is: 'friend' };
  if (domain !== friend) return undefined;
  if (/^u_[0-9a-z]{20}$/.test(local)) return { is: 'user', user: local };
  if (/^c_[0-9a-z_-]{1,100}$/.test(local)) return { is: 'conversation', conversation: local };
  return undefined;
}
