import { defineConfig, defineEvents, definePlugin, put, refuse, shippedRelations, v } from 'befriend/server';

/** Likes that somebody may give in a day: with more, one could like everybody to see who answers. */
const most = 20;
const day = 86_400_000;

const User = v.pipe(v.string(), v.regex(/^u_[0-9a-z]{20}$/));
const events = defineEvents({
  actions: { 'like.give': v.strictObject({ user: User }), 'like.take': v.strictObject({ user: User }) },
  facts: {
    'like.given': v.object({ user: User }),
    'like.taken': v.object({ user: User }),
    'match.made': v.object({ user: User, name: v.string() }),
    'match.ended': v.object({ user: User }),
  },
});

/** Who only likes grants nothing, and nobody but he knows of it. Who matches may write, and sees who is there. */
const relations = {
  heart: { kinds: { like: { private: true } } },
  closeness: {
    none: ['like'],
    kinds: { match: { grants: ['like', 'message', 'presence', 'typing', 'read'], mutual: true } },
  },
  limit: shippedRelations.limit,
  notice: shippedRelations.notice,
} as const;

const own: readonly (string | undefined)[] = ['like', 'match', 'heart', 'closeness'];

const likes = definePlugin({
  name: 'likes',
  needs: ['relations'],
  events,
  install(host) {
    const standing = host.service('relations');
    const given = host.state.user('given', { version: 1, schema: v.object({ since: v.number(), count: v.number() }) });

    // Both logs are read by these rules, and every like changes the rules of its owner's log. So of two who like each
    // other in the same moment one is decided on again, and nobody is missed.
    host.on('like.give', async ({ action, now, read, user }) => {
      const other = await read.user(action.body.user);
      if (other === undefined || other.id === user.id) return [refuse('not_found')];
      const [mine, theirs] = [await read.relation(user.id, other.id), await read.relation(other.id, user.id)];
      if (mine.some(({ slot }) => slot === 'heart')) return [];
      const today = await given.get(read, user.id);
      const isToday = today !== undefined && today.since > now - day;
      if (isToday && today.count >= most) return [refuse('too_many')];
      const edge = { owner: user.id, other: other.id, since: now };
      const like = [
        await given.change(read, user.id, () =>
          isToday ? { ...today, count: today.count + 1 } : { since: now, count: 1 },
        ),
        put({ table: 'relation', row: { ...edge, slot: 'heart', kind: 'like' } }),
        events.append(user.id, 'like.given', { user: other.id }, { rule: true }),
      ];
      const isFree = (await standing.between(read, user.id, other.id, now)).may('like');
      if (!isFree || !theirs.some(({ slot }) => slot === 'heart')) return like;
      const match = { ...edge, slot: 'closeness', kind: 'match' };
      return [
        ...like,
        put({ table: 'relation', row: match }),
        put({ table: 'relation', row: { ...match, owner: other.id, other: user.id } }),
        events.append(other.id, 'match.made', { user: user.id, name: user.name }, { rule: true }),
        events.append(user.id, 'match.made', { user: other.id, name: other.name }, { rule: true }),
      ];
    });

    host.on('like.take', async ({ action, read, user }) => {
      const other = action.body.user;
      const [mine, theirs] = [await read.relation(user.id, other), await read.relation(other, user.id)];
      const like = mine.find(({ slot }) => slot === 'heart');
      if (like === undefined) return [];
      // The other's like is his own and stays; what was mutual ends for both.
      const matched = [...mine, ...theirs].filter(({ slot }) => slot === 'closeness');
      return [
        ...[like, ...matched].map((row) => put({ table: 'unrelate', row })),
        ...(matched.length > 0 ? [events.append(other, 'match.ended', { user: user.id }, { rule: true })] : []),
        events.append(user.id, 'like.taken', { user: other }, { rule: true }),
      ];
    });

    // Nobody makes or ends these past the two rules above.
    host.use(async ({ action }, next) => {
      const { kind, slot } = action.body as { readonly kind?: string; readonly slot?: string };
      const isOwn = own.includes(kind) || own.includes(slot);
      return action.type.startsWith('relation.') && isOwn ? [refuse('kind_unknown')] : next();
    });
  },
});

export default defineConfig({ name: 'Two of a kind', relations, plugins: [likes()] });
