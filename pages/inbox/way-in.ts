/** How somebody comes in by the page's address. */
export type WayIn = { readonly invite: string } | { readonly token: string } | undefined;

/**
 * What the fragment of an address holds: an invite's one-time token, or after `token=` one that the site has signed. Nothing
 * where it is neither. The fragment never leaves the browser, and whoever calls takes it out of the address.
 */
export function wayIn(hash: string): WayIn {
  const token = /^#token=([\w-]+\.[\w-]+\.[\w-]*)$/.exec(hash)?.[1];
  if (token !== undefined) return { token };
  const invite = /^#([\w-]{43})$/.exec(hash)?.[1];
  return invite === undefined ? undefined : { invite };
}
