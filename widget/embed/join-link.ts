/** What a group's link asks for. */
export interface JoinLink {
  readonly conversation: string;
  readonly token: string;
}

/**
 * The group that this page's address leads into, `#befriend-join=c_….TOKEN`. Reading it takes it out of the address: a
 * reload does not come in again, and who copies the address does not hand the invitation on.
 */
export function joinLink(): JoinLink | undefined {
  const [, conversation, token] = /^#befriend-join=(c_[0-9a-z_-]+)\.([\w-]{43})$/.exec(location.hash) ?? [];
  if (!conversation || !token) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return { conversation, token };
}
