import { enPeople } from '../../i18n/en-people.ts';
import type { Env } from '../env.ts';

/** The texts of people, groups and one's own profile, by their names. */
export type PeopleTexts = typeof enPeople;

/** What is said about people, in the person's language where it is there. */
export function peopleTexts(env: Pick<Env, 'words'>): PeopleTexts {
  return env.words('people', enPeople);
}
