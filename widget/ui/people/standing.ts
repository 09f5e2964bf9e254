import type { Related, Relation } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';

/** What stands in one slot, said by oneself or by the other. */
export function standing(related: Related | undefined, slot: string, own: boolean): Relation | undefined {
  return related?.relations.find((relation) => relation.slot === slot && relation.own === own);
}

/** Whether the two stand to each other, as acquaintances or nearer. */
export function isNear(related: Related | undefined): boolean {
  const kind = standing(related, 'closeness', true)?.kind;
  return kind !== undefined && kind !== 'follower';
}

/** From near to far. */
const nearness: readonly (string | undefined)[] = ['close', 'contact', 'acquaintance', 'follower'];

/** People sorted into what the list of people shows. */
export interface Sorted {
  readonly requests: readonly Related[];
  readonly yours: readonly Related[];
  readonly asked: readonly Related[];
  readonly apart: readonly Related[];
}

/** `needle` leaves those whose name holds it; without one nobody is left. */
export function sorted({ related }: View, needle: string | undefined): Sorted {
  const wanted = needle?.trim().toLocaleLowerCase() ?? '';
  const all = Object.values(needle === undefined ? {} : related).filter(({ person }) =>
    person.name.toLocaleLowerCase().includes(wanted),
  );
  const isApart = (one: Related): boolean =>
    standing(one, 'limit', true) !== undefined || standing(one, 'notice', true) !== undefined;
  const near = (one: Related): number => {
    const kinds = [standing(one, 'closeness', true), standing(one, 'closeness', false)].map((edge) => edge?.kind);
    return Math.min(...kinds.map((kind) => (nearness.indexOf(kind) + nearness.length + 1) % (nearness.length + 1)));
  };
  const byName = (a: Related, b: Related): number =>
    near(a) - near(b) || a.person.name.localeCompare(b.person.name) || (a.person.id < b.person.id ? -1 : 1);
  const those = (fits: (one: Related) => boolean): readonly Related[] => all.filter(fits).sort(byName);
  const isYours = (one: Related): boolean => one.relations.some(({ slot }) => slot === 'closeness');
  return {
    requests: those((one) => standing(one, 'ask', false) !== undefined),
    yours: those(isYours),
    asked: those((one) => standing(one, 'ask', true) !== undefined),
    apart: those((one) => isApart(one) && !(isYours(one) && standing(one, 'limit', true) === undefined)),
  };
}
