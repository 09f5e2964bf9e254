/** An XMPP address in its parts (RFC 7622), the domain in lower case. */
export interface Jid {
  readonly domain: string;
  /** `local@domain`, or the domain alone. */
  readonly bare: string;
  readonly resource: string | undefined;
  /** The whole address, normalised as its parts are. */
  readonly full: string;
}

const JID = /^(?:([^"&'/:<>@\p{C}\p{Z}]{1,1023})@)?([^"&'/<>@\p{C}\p{Z}]{1,1023})(?:\/([^\p{C}]{1,1023}))?$/u;
const RESOURCE = /^[^\p{C}]{1,1023}$/u;

/** Takes an address apart; undefined when it is none. */
export function parseJid(text: string): Jid | undefined {
  const found = JID.exec(text);
  if (!found) return undefined;
  const [, local, domainPart = '', resource] = found;
  const domain = domainPart.toLowerCase();
  const bare = local === undefined ? domain : `${local.toLowerCase()}@${domain}`;
  return { domain, bare, resource, full: resource === undefined ? bare : `${bare}/${resource}` };
}

/** Whether a client may bind this resource (RFC 7622 §3.4). */
export function isResource(text: string): boolean {
  return RESOURCE.test(text);
}
