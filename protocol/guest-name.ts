/** A name for who has none: of his id (`u_…`), so that it is the same everywhere. */
export function guestName(user: string): string {
  return `Guest ${user.slice(2, 6).toUpperCase()}`;
}
