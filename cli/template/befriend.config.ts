import { append, defineConfig, defineEvents, v } from 'befriend/server';

/** Events of our own: what a page may ask for, and what it hears. Bodies that do not fit are refused. */
const events = defineEvents({
  actions: { 'order.track': v.strictObject({ order: v.pipe(v.number(), v.integer()) }) },
  facts: { 'order.tracked': v.strictObject({ order: v.number(), state: v.picklist(['packed', 'sent']) }) },
});

export default defineConfig({
  name: 'Our shop',
  events,
  setup(friend) {
    // A rule decides what an action comes to.
    friend.on('order.track', ({ action, user }) => {
      const { order } = action.body;
      return [events.append(user.id, 'order.tracked', { order, state: order % 2 === 0 ? 'packed' : 'sent' })];
    });

    // A reaction runs once the fact is on disk; it may fetch.
    friend.after('message.sent', ({ fact }) => {
      if (!/are you open/i.test(fact.body.text)) return [];
      return [append(fact.log, 'message.sent', { text: 'From nine to five.' }, { item: true })];
    });
  },
});
