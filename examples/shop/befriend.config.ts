import { append, defineConfig, defineEvents, type ReactionContext, schedule, v } from 'befriend/server';

/** The shop's own service; it asks for no more than what the site has signed of somebody. */
const service = 'https://orders.example';

/** How often an order that somebody waits for is looked at, and how many times: for a week. */
const every = 6 * 3_600_000;
const most = 28;

const OrderNumber = v.pipe(v.number(), v.integer(), v.minValue(1));
const Order = v.object({ order: OrderNumber, item: v.string(), state: v.picklist(['packed', 'sent', 'delivered']) });
type Order = v.InferOutput<typeof Order>;

const events = defineEvents({
  actions: { 'order.track': v.strictObject({ order: OrderNumber }) },
  facts: {
    'order.asked': v.object({ order: OrderNumber }),
    'order.tracked': Order,
    'order.missing': v.object({ order: OrderNumber }),
    'order.awaited': v.object({ order: OrderNumber, conversation: v.string(), times: v.number() }),
  },
});

/** One order of this customer; undefined where he has none of that number, or nobody has signed who he is. */
async function find(
  { fetch, read }: Pick<ReactionContext, 'fetch' | 'read'>,
  user: string,
  order: number,
): Promise<Order | undefined> {
  const customer = (await read.user(user))?.attributes?.customer;
  if (customer === undefined) return undefined;
  const answer = await fetch(`${service}/customers/${encodeURIComponent(String(customer))}/orders/${order}`);
  if (answer.status === 404) return undefined;
  return v.parse(Order, answer.json());
}

/** What a page draws as a card, and everything else shows as words. */
function card({ order, item, state }: Order) {
  const wait = { id: `wait-${order}`, label: 'Tell me when it arrives' };
  return {
    text: `Order ${order}, ${item}: ${state}.`,
    extras: {
      custom: { type: 'order.card', data: { order, item, state } },
      ...(state === 'delivered' ? {} : { buttons: [wait] }),
    },
  };
}

export default defineConfig({
  name: 'The lamp shop',
  events,
  setup(friend) {
    // A button of the page: what comes of it stands in the customer's own log, which nobody else hears.
    friend.on('order.track', ({ action, user }) => [events.append(user.id, 'order.asked', action.body)]);
    friend.after('order.asked', async ({ fact, ...context }) => {
      const { order } = fact.body;
      const found = await find(context, fact.log, order);
      if (found === undefined) return [events.append(fact.log, 'order.missing', { order })];
      return [events.append(fact.log, 'order.tracked', found)];
    });

    // The same in words.
    friend.after('message:text', { in: 'support', by: ['visitor', 'user'] }, async ({ fact, ...context }) => {
      const [, order] = /\border (\d{1,9})\b/i.exec(fact.body.text) ?? [];
      if (order === undefined) return [];
      const found = await find(context, fact.by, +order);
      const said = found === undefined ? { text: `I find no order ${order} of yours.` } : card(found);
      return [append(fact.log, 'message.sent', said, { item: true })];
    });

    friend.after('answer:choice', { in: 'support' }, ({ fact }) => {
      const [, order] = /^wait-(\d+)$/.exec(fact.body.choice) ?? [];
      if (order === undefined) return [];
      return [
        append(fact.log, 'message.sent', { text: 'I will tell you here.' }, { item: true }),
        events.append(fact.by, 'order.awaited', { order: +order, conversation: fact.log, times: 0 }),
      ];
    });

    // Looks, and looks again after a while. The log is the customer's own, and the fact's place makes the schedule's id.
    friend.after('order.awaited', async ({ fact, now, ...context }) => {
      const { conversation, order, times } = fact.body;
      const found = times === 0 ? undefined : await find(context, fact.log, order);
      if (found?.state === 'delivered') {
        return [append(conversation, 'message.sent', { text: `Your ${found.item} has arrived.` }, { item: true })];
      }
      if (times === most) return [];
      const action = { type: 'order.look', body: { ...fact.body, times: times + 1 } };
      return [schedule({ id: `order:${fact.log}:${fact.seq}`, dueAt: now + every, action, user: fact.log })];
    });
    // It has no schema, so nobody can send it: it comes by schedule alone.
    friend.on('order.look', ({ action, user }) => [
      events.append(user.id, 'order.awaited', action.body as { order: number; conversation: string; times: number }),
    ]);
  },
});
