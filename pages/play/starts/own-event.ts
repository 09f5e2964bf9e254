import { append, defineConfig, defineEvents, v } from 'befriend/server';

// What the page sends: “Own event” under a chat is befriend('emit', 'order.track', { order: 7 }) in yours.
const events = defineEvents({
  actions: { 'order.track': v.strictObject({ order: v.pipe(v.number(), v.integer()) }) },
  facts: { 'order.tracked': v.strictObject({ order: v.number(), state: v.picklist(['packed', 'sent']) }) },
});

export default defineConfig({
  events,
  setup(friend) {
    friend.on('order.track', ({ action, user }) => {
      const { order } = action.body;
      return [events.append(user.id, 'order.tracked', { order, state: order % 2 === 0 ? 'packed' : 'sent' })];
    });

    friend.after('order.tracked', ({ fact }) => [
      append(
        'c_room_lobby',
        'message.sent',
        { text: `Order ${fact.body.order} is ${fact.body.state}.` },
        { item: true },
      ),
    ]);
  },
});
