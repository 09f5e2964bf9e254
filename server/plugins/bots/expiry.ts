import { schedule, unschedule } from '../../core/effect.ts';
import type { Context, Effects } from '../../core/rule.ts';
import { scheduleDevice } from '../../core/schedules.ts';
import type { Bot } from './bot.ts';
import { type Dialogue, recall, remember, type Whose } from './dialogue.ts';

/** What lets a dialogue expire that has begun, and does so no more for one that is over. */
export function timed(bot: Bot, body: Whose, before: Dialogue | undefined, after: Dialogue | undefined): Effects {
  if (before?.timer === after?.timer) return [];
  const flow = bot.flows?.find(({ name }) => name === after?.flow);
  return [
    ...(before === undefined ? [] : [unschedule(before.timer)]),
    ...(after === undefined || flow === undefined
      ? []
      : [
          schedule({
            id: after.timer,
            dueAt: after.at + flow.expires,
            action: { type: 'bots.expire', body },
            user: bot.user,
          }),
        ]),
  ];
}

/** Forgets a dialogue that nobody has gone on with for as long as its flow waits; else it looks again. */
export function expireRule(bots: readonly Bot[]): (context: Context) => Promise<Effects> {
  return async ({ action, device, read, now }) => {
    const whose = action.body as Whose;
    const bot = bots.find((one) => one.name === whose.bot);
    const kept = device === scheduleDevice ? await recall(read, whose) : undefined;
    const dialogue = kept?.memory?.dialogue;
    if (kept?.memory === undefined || dialogue === undefined || dialogue.timer !== action.id) return [];
    const { dialogue: _, ...rest } = kept.memory;
    const expires = bot?.flows?.find((flow) => flow.name === dialogue.flow)?.expires;
    if (bot === undefined || expires === undefined || dialogue.at + expires <= now) return [remember(kept, rest)];
    const again = { ...dialogue, timer: `${dialogue.timer.replace(/ at \d+$/, '')} at ${now}` };
    return [remember(kept, { ...rest, dialogue: again }), ...timed(bot, whose, undefined, again)];
  };
}
