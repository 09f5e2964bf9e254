import { FriendError } from './errors.ts';
import type { FactFilters } from './filtered-facts.ts';
import type { CommittedFact, Registration } from './rule.ts';
import { checkWhere, isMentioned, placedIn, type Where } from './where.ts';

interface Filter {
  readonly type: string;
  readonly lets: (body: Readonly<Record<string, unknown>>) => boolean;
}

const filters: { readonly [F in keyof FactFilters]: Filter } = {
  'message:text': { type: 'message.sent', lets: ({ text }) => typeof text === 'string' && text.trim() !== '' },
  'message:files': { type: 'message.sent', lets: ({ extras }) => has(extras, 'files') },
  'message:offer': {
    type: 'message.sent',
    lets: ({ extras }) => ['replies', 'buttons', 'cards', 'form'].some((offer) => has(extras, offer)),
  },
  'message:custom': { type: 'message.sent', lets: ({ extras }) => has(extras, 'custom') },
  'answer:choice': { type: 'message.answered', lets: ({ choice }) => choice !== undefined },
  'answer:form': { type: 'message.answered', lets: ({ values }) => values !== undefined },
};

function has(extras: unknown, key: string): boolean {
  const value = (extras as Readonly<Record<string, unknown>> | undefined)?.[key];
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

/**
 * The type of fact that a filter stands for, and what decides whether one fits.
 * @throws FriendError `FRIEND_FILTER` that lists what there is
 */
export function factFilter(name: string, where?: Where): Pick<Registration, 'fits'> & { readonly type: string } {
  const filter = Object.hasOwn(filters, name) ? filters[name as keyof FactFilters] : undefined;
  if (filter === undefined && name.includes(':')) throw new FriendError('FRIEND_FILTER', `${name}; ${listed()}`);
  const type = filter?.type ?? name;
  if (filter === undefined && where === undefined) return { type };
  if (where !== undefined) checkWhere(where);
  return {
    type,
    fits: (fact, read) => {
      const { body } = fact as CommittedFact & { readonly body: Readonly<Record<string, unknown>> };
      if (filter !== undefined && (body.deleted === true || !filter.lets(body))) return undefined;
      if (where === undefined) return {};
      const { mentions } = (body.extras ?? {}) as { readonly mentions?: unknown };
      return isMentioned(where, mentions) ? placedIn(where, fact.log, fact.by, read) : undefined;
    },
  };
}

/** @throws FriendError `FRIEND_FILTER` where `type` is a filter of facts: actions have none */
export function checkActionType(type: string): void {
  if (type.includes(':'))
    throw new FriendError('FRIEND_FILTER', `${type} is no action; for friend.after() ${listed()}`);
}

function listed(): string {
  return `there are ${Object.keys(filters).join(', ')}`;
}
