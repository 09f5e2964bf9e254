import type { AtDesk } from '../../../protocol/desk.ts';
import { Named } from '../../../widget/ui/composer/named.ts';

/** The colleagues whom a note names, by user id; nothing where it names nobody. */
export function namedIn(text: string, colleagues: readonly AtDesk[], me: string | undefined): string[] | undefined {
  const named = new Named();
  for (const { user, name } of colleagues) if (user !== me && name !== '') named.add(`@${name}`, user);
  const users = named.in(text);
  return users && [...users];
}
