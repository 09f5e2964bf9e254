import type { Facts } from '../../protocol/facts.ts';
import { toJson } from '../../protocol/frame.ts';
import { answer, type Effect, put, tell } from '../core/effect.ts';
import { isNative } from '../core/gateway.ts';
import { oneLine } from '../core/one-line.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Reads } from '../core/reads.ts';
import type { Context, Effects } from '../core/rule.ts';
import type { Services } from '../core/services.ts';
import { isCase } from '../core/support-case.ts';

type Told = Omit<Facts['visitor.told'], 'user'>;

/** Colleagues who look at a conversation hear the topic of this name and its id. */
const topics = 'page:';

/** A user has at most so many conversations with support in which it is told where he is. */
const conversationsTold = 100;

/** What the page around a widget says of its visitor, for the colleagues who look at what he asks: nothing of it is signed. */
export function page(): Plugin {
  return {
    name: 'page',
    needs: ['conversations'],
    install(host) {
      const { access } = host.service('conversations');

      // Who asks is asked where he is as soon as somebody looks, and again on each of his connections.
      host.use(async (context, next) => {
        const effects = await next();
        const opened = effects.find((effect) => effect.do === 'answer' && effect.type === 'conversation.opened');
        // An ordinary XMPP client neither shows nor says it.
        if (opened === undefined || context.user === undefined || isNative(context.jid)) return effects;
        const { conversation } = (opened as { body: Facts['conversation.opened'] }).body;
        const isSupport = conversation.kind === 'support';
        if (context.user.kind === 'colleague') {
          const looks = isSupport ? await lookAt(context.read, conversation) : [];
          return [...effects, { do: 'unhear', start: topics }, ...looks];
        }
        const isLookedAt = isSupport && host.hearing(topics + conversation.id) > 0;
        return isLookedAt ? [...effects, tell('sender', 'page.wanted', {})] : effects;
      });

      host.on('page.changed', (context) => {
        const { referrer, ...page } = folded(context.action.body);
        const led = referrer === undefined || !isElsewhere(referrer, page.url) ? {} : { referrer };
        return saying(context, access, { page: { ...page, ...led, at: context.now } });
      });
      host.on('profile.tell', (context) =>
        saying(context, access, { attributes: folded(context.action.body.attributes) }),
      );
    },
  };
}

/** Whether an address is one of another site: how people go about in this one is told by its pages. */
function isElsewhere(referrer: string, url: string): boolean {
  const site = /^https?:\/\/[^/]+/;
  const [from] = site.exec(referrer) ?? [];
  return from !== undefined && from !== site.exec(url)?.[0];
}

/** The same values, each text of them as one line: what a page says cannot look like anything else where colleagues read it. */
function folded<T extends object>(values: T): T {
  const lines = Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? oneLine(value) : value]);
  return Object.fromEntries(lines) as T;
}

/** A colleague looks from now on at this conversation: he is told what is known, and who asks in it is asked where he is. */
async function lookAt(read: Reads, { id, people }: Facts['conversation.opened']['conversation']): Promise<Effect[]> {
  const asking = people.flatMap((person) => (person.kind === 'colleague' ? [] : person.id));
  const kept = await keptOf(read, id);
  return [
    { do: 'hear', topic: topics + id },
    tell({ users: asking }, 'page.wanted', {}),
    ...(kept === undefined ? [] : asking.map((user) => tell('sender', 'visitor.told', { user, ...toldIn(kept) }))),
  ];
}

/** It is kept by conversation: who looks at one goes on seeing its visitor when he signs in. */
async function saying(
  { now, read, user }: Context,
  access: Services['conversations']['access'],
  news: Told,
): Promise<Effects> {
  // Nobody looks at what a colleague asks.
  if (user.kind === 'colleague') return [answer('ack', {})];
  const support = await access(read, user, 'support', now);
  const memberships = await read.memberships(user.id, conversationsTold);
  const before = memberships.flatMap(({ conversation: id }) => (isCase(id) ? [id] : []));
  const ids = new Set([...(support === undefined ? [] : [support.id]), ...before]);
  const said = await Promise.all(Array.from(ids, (id) => sayingIn(read, id, user.id, news)));
  return [...said.flat(), answer('ack', {})];
}

async function sayingIn(read: Reads, id: string, user: string, news: Told): Promise<Effect[]> {
  const kept = await keptOf(read, id);
  const before = kept === undefined ? {} : toldIn(kept);
  // Where somebody came from stays true while he goes from page to page.
  const led = before.page?.referrer === undefined ? {} : { referrer: before.page.referrer };
  const told = { ...before, ...news, ...(news.page === undefined ? {} : { page: { ...led, ...news.page } }) };
  const row = { plugin: 'page', scope: id, key: 'told', value: toJson(told) };
  return [
    // Page and attributes come at once: none of them may make the other forgotten.
    put({ table: 'state', row, expect: kept ?? null }),
    tell({ hearing: [topics + id] }, 'visitor.told', { user, ...told }),
  ];
}

function keptOf(read: Reads, id: string): Promise<string | undefined> {
  return read.state('page', id, 'told');
}

function toldIn(kept: string): Told {
  return JSON.parse(kept) as Told;
}
