import { FriendError } from '../../core/errors.ts';
import type { Plugin } from '../../core/plugin.ts';
import type { Effects, ReactionContext } from '../../core/rule.ts';
import type { Bot } from './bot.ts';
import type { FlowCoverage } from './coverage.ts';
import { expireRule } from './expiry.ts';
import { accepted } from './invited.ts';
import { Ears, keep } from './place.ts';
import { goneOn } from './signed-in.ts';
import { Speaker } from './speaker.ts';

export interface BotsOptions {
  readonly bots: readonly Bot[];
  /** Counts which steps of flows are reached. */
  readonly coverage?: FlowCoverage;
}

const most = 50;

/**
 * Bots: users that are programs. They hear what people say after it is stored, and what they answer is stored once. A message
 * where no bot is costs a look at a map.
 * @throws FriendError `FRIEND_BOT`
 */
export function bots({ bots: all, coverage }: BotsOptions): Plugin {
  const twice = all.find(({ name }, index) => all.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw new FriendError('FRIEND_BOT', `two bots are called ${twice.name}`);
  if (all.length > most) throw new FriendError('FRIEND_BOT', `at most ${most} bots`);
  const answering = all.filter(({ support }) => support === true);
  if (answering.length > 1)
    throw new FriendError('FRIEND_BOT', `${answering.map(({ name }) => name).join(' and ')} both answer support`);
  for (const { flows = [] } of all) for (const flow of flows) coverage?.watch(flow);
  return {
    name: 'bots',
    needs: ['conversations'],
    install(host) {
      const ears = new Ears(all, host.service('conversations'));
      const speaker = new Speaker(host, coverage);
      const before = host.offered('bots')?.answersSupport === true;
      host.provide('bots', { answersSupport: before || answering.length > 0 });
      host.on('bots.expire', expireRule(all));

      // Bots are there from the first connection on, so that people can write to one before it has said anything.
      let areThere = false;
      host.use(async (context, next) => {
        const effects = await next();
        const isStored = context.action.type === 'connection.open' || effects.some(({ do: does }) => does === 'append');
        if (areThere || !isStored) return effects;
        const rows = await Promise.all(all.map((bot) => keep(context.read, bot)));
        areThere = rows.every((row) => row.length === 0);
        return [...effects, ...rows.flat()];
      });

      host.after('invite.changed', ({ fact, read, now }) => {
        const bot = ears.of(fact.log);
        return bot === undefined
          ? []
          : accepted({ read, now, bot, conversations: host.service('conversations') }, fact);
      });

      const react = async (context: ReactionContext<'message.sent' | 'message.answered'>): Promise<Effects> => {
        const { fact, now, read } = context;
        const near = ears.at(fact);
        if (near.length === 0) return [];
        const heard = await Promise.all(near.map((bot) => ears.heard(read, bot, fact, now)));
        const said = await Promise.all(heard.map((one) => (one === undefined ? [] : speaker.answers(one, context))));
        return said.flat();
      };
      // Who leaves a group in the name of another has signed in.
      host.after('member.left', ({ fact, read }) => {
        const isGroup = !/^c_(support|direct)_/.test(fact.log);
        const near = isGroup ? ears.at(fact) : [];
        const turned = { conversation: fact.log, from: fact.body.person.id, to: fact.by };
        return near.length === 0 ? [] : goneOn(read, near, turned);
      });
      host.after('message.sent', react);
      host.after('message.answered', react);
    },
  };
}
