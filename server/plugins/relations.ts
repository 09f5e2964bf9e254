import * as v from 'valibot';
import { UserId } from '../../protocol/ids.ts';
import { answer, append, put, refuse } from '../core/effect.ts';
import { personOf } from '../core/person.ts';
import type { Plugin } from '../core/plugin.ts';
import { declareRelations, type RelationKinds, type RelationSlots, shippedRelations } from '../core/relation-kinds.ts';
import type { Context, Effects } from '../core/rule.ts';
import { between, limited, type Remembered } from './relation-between.ts';
import { handOver } from './relation-hand-over.ts';
import { listPeople } from './relation-list.ts';
import { alsoForKnown } from './relation-of-visitor.ts';
import { type Pair, pairOf, related } from './relation-pair.ts';
import { accept, ask, dismiss, end, expire, state } from './relation-verbs.ts';

/** The conversation that colleagues find reports in. */
const reports = { id: 'c_reports', kind: 'support', name: 'Reports', public: false } as const;

/**
 * How people stand to each other. Every relation is a statement of its owner; what it means is declared by the site.
 * @throws FriendError `FRIEND_RELATION_KIND`
 */
export function relations(slots: RelationSlots = shippedRelations): Plugin {
  const kinds = declareRelations(slots);
  const names = (asks: boolean): string =>
    [...kinds.kind.values()].flatMap((kind) => (asks && kind.asks !== true ? [] : kind.name)).join(', ');

  return {
    name: 'relations',
    install(host) {
      const remembered: Remembered = new WeakMap();
      host.provide('relations', {
        between: (read, viewer, owner, now) => between(kinds, remembered, read, viewer, owner, now),
        limited: (read, user, grant, now) => limited(kinds, read, user, grant, now),
        handOver: (read, from, to, now) => handOver(kinds, read, from, to, now),
      });

      host.on('relation.ask', (context) => {
        const { kind: name, note } = context.action.body;
        const kind = kinds.kind.get(name);
        if (kind?.asks !== true) return [refuse('kind_unknown', { detail: names(true) })];
        return withPair(kinds, context, (pair) => ask(kinds, pair, kind, context.now, note));
      });

      host.on('relation.set', (context) => {
        const { kind: name, attributes, until } = context.action.body;
        const kind = kinds.kind.get(name);
        if (kind === undefined) return [refuse('kind_unknown', { detail: names(false) })];
        if (until !== undefined && until <= context.now)
          return [refuse('schema', { detail: 'until: is over already' })];
        const stated = {
          ...(attributes === undefined ? {} : { attributes }),
          ...(until === undefined ? {} : { until }),
        };
        return withPair(kinds, context, (pair) => state(kinds, pair, kind, context.now, stated));
      });

      host.on('relation.accept', (context) => withPair(kinds, context, (pair) => accept(kinds, pair, context.now)));
      host.on('relation.decline', (context) => withPair(kinds, context, (pair) => dismiss(kinds, pair, 'theirs')));
      host.on('relation.withdraw', (context) => withPair(kinds, context, (pair) => dismiss(kinds, pair, 'mine')));
      host.on('relation.end', (context) =>
        withPair(kinds, context, (pair) => end(kinds, pair, context.action.body.slot)),
      );

      // Comes from a schedule alone: it ends what is over, so it may be anybody's wish.
      const schema = v.strictObject({ user: UserId, slot: v.string() });
      host.on(
        'relation.expire',
        (context) => withPair(kinds, context, (pair) => expire(kinds, pair, context.action.body.slot, context.now)),
        { schema },
      );

      host.on('relation.list', async ({ action, read, user }) => {
        const { after = '', limit = 50 } = action.body;
        return [answer('relation.listed', await listPeople(kinds, read, user, limit, after))];
      });

      host.on('user.show', (context) =>
        withPair(kinds, context, (pair) => [answer('user.shown', related(kinds, pair, context.user))]),
      );

      host.on('user.report', async (context) => {
        const { user: id, ...said } = context.action.body;
        const conversation = said.conversation;
        if (conversation !== undefined && (await context.read.member(conversation, context.user.id)) === undefined) {
          return [refuse('not_found')];
        }
        const { conversation: _, seq, reason } = said;
        const place = {
          ...(conversation === undefined ? {} : { conversation }),
          ...(seq === undefined ? {} : { of: seq }),
        };
        return withPair(kinds, context, ({ me, other }) => [
          append(me.id, 'user.reported', { person: personOf(other), reason, ...place }),
        ]);
      });

      host.after('user.reported', async ({ fact, read }) => {
        if (fact.log === reports.id) return [];
        const begin: Effects =
          (await read.conversation(reports.id)) === undefined
            ? [
                put({ table: 'conversation', row: reports }),
                append(reports.id, 'conversation.created', { kind: reports.kind, name: reports.name }, listed),
              ]
            : [];
        return [...begin, append(reports.id, 'user.reported', fact.body, { ...listed, item: true, by: fact.by })];
      });
    },
  };
}

const listed = { list: 'support', rule: true };

type OfUser = Context<{ readonly user: string }>;

async function withPair(kinds: RelationKinds, context: OfUser, decide: (pair: Pair) => Effects): Promise<Effects> {
  const pair = await pairOf(context.read, context.user, context.action.body.user);
  if (pair === undefined) return [refuse('not_found')];
  return alsoForKnown(kinds, context.read, pair.me.id, pair.other, decide(pair));
}
