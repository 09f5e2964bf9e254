import { unschedule } from '../../core/effect.ts';
import type { Reads } from '../../core/reads.ts';
import type { Effects } from '../../core/rule.ts';
import type { Bot } from './bot.ts';
import { forget, recall, remember } from './dialogue.ts';
import { timed } from './expiry.ts';

/**
 * In a group everybody has a dialogue of his own: a visitor's goes on with the user that he turned out to be, where that one
 * has none there. Elsewhere it is the conversation's, and stays.
 */
export async function goneOn(
  read: Reads,
  bots: readonly Bot[],
  { conversation, from, to }: { readonly conversation: string; readonly from: string; readonly to: string },
): Promise<Effects> {
  if (from === to || (await read.user(from))?.mergedInto !== to) return [];
  const moved = await Promise.all(
    bots.map(async (bot): Promise<Effects> => {
      const before = await recall(read, { person: from, bot: bot.name, conversation });
      if (before.json === undefined) return [];
      const whose = { person: to, bot: bot.name, conversation };
      const own = await recall(read, whose);
      const { memory } = before;
      if (own.memory?.dialogue !== undefined || memory === undefined)
        return [forget(before), ...(memory?.dialogue === undefined ? [] : [unschedule(memory.dialogue.timer)])];
      return [forget(before), remember(own, memory), ...timed(bot, whose, undefined, memory.dialogue)];
    }),
  );
  return moved.flat();
}
