import type { AtDesk } from '../../../protocol/desk.ts';
import { toJson } from '../../../protocol/frame.ts';
import { limits, utf8Length } from '../../../protocol/limits.ts';
import type { Colleague, Floor } from './floor.ts';

/** Who is at the desk, those first who are there, as many as fit into so many bytes of JSON. */
export function peopleWithin(floor: Floor, bytes: number): AtDesk[] {
  const rank = ({ here }: Colleague): number => Number(here.size === 0);
  const all = [...floor.colleagues.values()].sort((one, other) => rank(one) - rank(other)).slice(0, limits.watched);
  const people: AtDesk[] = [];
  let left = bytes;
  for (const colleague of all) {
    const shown = floor.atDesk(colleague);
    left -= utf8Length(toJson(shown)) + 1;
    if (left < 0) break;
    people.push(shown);
  }
  return people;
}
