import type { Hmac } from './ports.ts';

/** What a file's address begins with, below the friend's own. */
export const filePath = 'files/';

/** What an address is for: `put` takes bytes of the file, `get` gives them. */
export type FilePurpose = 'put' | 'get';

/** How long an address holds, milliseconds: one in the widget, and one in a message to another XMPP client. */
export const addressHolds = { here: 3_600_000, elsewhere: 2_592_000_000 } as const;

/** Where the keys that sign addresses are kept: `now`, and the one `before` it. */
export const fileKeys = { plugin: 'files', scope: 'keys' } as const;

/** A key, and since when it signs, milliseconds since 1970. */
export interface FileKey {
  readonly secret: string;
  readonly since: number;
}

/** How long a key signs. What it has signed holds while the next one signs. */
export const keyHolds: number = addressHolds.elsewhere;

/** The signed address of one file for one purpose; `name` is for people and stands under no seal. */
export async function fileAddress(
  hmac: Hmac,
  { secret }: FileKey,
  purpose: FilePurpose,
  { id, until, name }: { readonly id: string; readonly until: number; readonly name?: string },
): Promise<string> {
  const shown = name === undefined ? '' : `/${encodeURIComponent(name.toWellFormed())}`;
  return `${filePath}${id}${shown}?${purpose}=${until}.${await hmac(secret, sealed(purpose, id, until))}`;
}

/** Whether `signature`, as it stands in the address, opens this file for this purpose at `now`. */
export async function opens(
  hmac: Hmac,
  keys: readonly FileKey[],
  { purpose, id, signature, now }: { purpose: FilePurpose; id: string; signature: string; now: number },
): Promise<boolean> {
  const [, until = '', seal = ''] = /^(\d{1,15})\.([0-9a-f]{64})$/.exec(signature) ?? [];
  // Written in one way only, so that an address that is altered in any character is another one.
  if (until === '' || String(Number(until)) !== until || Number(until) <= now) return false;
  const seals = await Promise.all(keys.map(({ secret }) => hmac(secret, sealed(purpose, id, Number(until)))));
  return seals.some((one) => isSame(one, seal));
}

function sealed(purpose: FilePurpose, id: string, until: number): string {
  return `${purpose} ${id} ${until}`;
}

/** Takes the same time wherever two seals differ. */
function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
