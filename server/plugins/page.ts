import type { Facts } from '../../protocol/facts.ts';
import { toJson } from '../../protocol/frame.ts';
import { answer, type Effect, put, tell } from '../core/effect.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Reads } from '../core/reads.ts';

type Told = Omit<Facts['visitor.told'], 'user'>;

/** What the page around a widget says of its visitor, for the colleagues who look at what he asks: nothing of it is signed. */
export function page(): Plugin {
  return {
    name: 'page',
    install(host) {
      // Who asks is asked where he is as soon as somebody looks, and again on each of his connections.
      host.use(async (context, next) => {
        const effects = await next();
        const opened = effects.find((effect) => effect.do === 'answer' && effect.type === 'conversation.opened');
        if (opened === undefined || context.user === undefined) return effects;
        const { conversation } = (opened as { body: Facts['conversation.opened'] }).body;
        if (conversation.kind !== 'support') return effects;
        const { user } = context;
        if (user.kind !== 'colleague') {
          return host.hearing(topicOf(user.id)) > 0 ? [...effects, tell('sender', 'page.wanted', {})] : effects;
        }
        const asking = conversation.people.filter(({ kind }) => kind === 'visitor' || kind === 'user');
        const looks = await Promise.all(asking.map(({ id }) => lookAt(context.read, id)));
        return [...effects, ...looks.flat()];
      });

      host.on('page.changed', async ({ action, now, read, user }) => {
        const told = await toldOf(read, user.id);
        return [...saying(user.id, { ...told, page: { ...action.body, at: now } }), answer('ack', {})];
      });

      host.on('profile.tell', async ({ action, read, user }) => {
        const told = await toldOf(read, user.id);
        return [...saying(user.id, { ...told, attributes: action.body.attributes }), answer('ack', {})];
      });
    },
  };
}

/** Colleagues who look at what a user asks hear this topic. */
function topicOf(user: string): string {
  return `page:${user}`;
}

/** A colleague looks from now on at what `user` asks: he is told what is known, and the user's widgets are asked. */
async function lookAt(read: Reads, user: string): Promise<Effect[]> {
  const told = await toldOf(read, user);
  const known = told.page !== undefined || told.attributes !== undefined;
  return [
    { do: 'hear', topic: topicOf(user) },
    tell({ users: [user] }, 'page.wanted', {}),
    ...(known ? [tell('sender', 'visitor.told', { user, ...told })] : []),
  ];
}

function saying(user: string, told: Told): Effect[] {
  return [
    put({ table: 'state', row: { plugin: 'page', scope: user, key: 'told', value: toJson(told) } }),
    tell({ hearing: [topicOf(user)] }, 'visitor.told', { user, ...told }),
  ];
}

async function toldOf(read: Reads, user: string): Promise<Told> {
  const kept = await read.state('page', user, 'told');
  return kept === undefined ? {} : (JSON.parse(kept) as Told);
}
