import type { Person } from '../../protocol/facts.ts';
import type { UserRow } from './rows.ts';

/** What others may see of a user. */
export function personOf({ id, name, kind, verified, avatar }: UserRow): Person {
  return { id, name, kind, verified, ...(avatar === undefined ? {} : { avatar }) };
}
