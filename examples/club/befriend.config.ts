import { append, defineConfig, defineEvents, definePlugin, refuse, shippedRelations, v } from 'befriend/server';

/** The room in which the club talks. */
const club = 'room:club';

/** What each circle may see; what is told to it is a grant of its own. */
const everybody = ['message', 'typing', 'read'];
const acquaintance = [...everybody, 'news'];
const friend = [...acquaintance, 'presence', 'stories'];
const inner = [...friend, 'seen', 'group', 'secrets'];

/** From far to near. The first two are agreed on; nobody learns whether he stands in somebody's inner circle. */
const relations = {
  circle: {
    none: everybody,
    kinds: {
      acquaintance: { grants: acquaintance, asks: true, mutual: true },
      friend: { grants: friend, asks: true, mutual: true },
      inner: { grants: inner, private: true, within: 'friend' },
    },
  },
  limit: shippedRelations.limit,
  notice: shippedRelations.notice,
} as const;

const Text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000));
const events = defineEvents({
  actions: { 'post.share': v.strictObject({ text: Text, as: v.picklist(['news', 'stories', 'secrets']) }) },
});

/** How many people one post is looked up for. */
const most = 500;

const circles = definePlugin({
  name: 'circles',
  needs: ['conversations', 'relations'],
  events,
  install(host) {
    const conversations = host.service('conversations');
    const standing = host.service('relations');

    host.on('post.share', async ({ action, now, read, user }) => {
      const { as, text } = action.body;
      const place = await conversations.access(read, user, club, now);
      if (place?.maySend !== true) return [refuse('not_found')];
      // Asked of each by himself: a block of either side counts, and what is agreed on and private alike.
      const known = new Set((await read.relations(user.id, most)).map(({ other }) => other));
      const may = async (other: string) => (await standing.between(read, other, user.id, now)).may(as);
      const readers = (await Promise.all([...known].map(async (other) => ((await may(other)) ? [other] : [])))).flat();
      return [
        ...place.enter(),
        append(place.id, 'message.sent', { text }, { item: true, audience: [user.id, ...readers] }),
      ];
    });
  },
});

export default defineConfig({ name: 'The club', relations, plugins: [circles()] });
