import type { Reads } from '../../core/reads.ts';
import type { Effects } from '../../core/rule.ts';
import type { Services } from '../../core/services.ts';
import { blank, type Memory } from './dialogue.ts';
import type { Heard } from './place.ts';
import type { BotTexts } from './texts.ts';
import type { Turn } from './turn.ts';
import type { Line } from './walk.ts';
import { type Tongue, wordsOf } from './words.ts';

/** How long a bot leaves a conversation to people where no desk says when they are done, milliseconds. */
export const quietFor = 12 * 3_600_000;

/** What a hand-off rests on. */
export interface Handing {
  readonly read: Reads;
  readonly heard: Heard;
  readonly desk: Services['desk'] | undefined;
  readonly texts: BotTexts;
  readonly tongue: Tongue;
  readonly now: number;
}

/**
 * Gives a conversation with support to people. Without a desk the bot says that it has left the message, and is silent
 * itself; elsewhere it says that nobody can come.
 */
export async function handedOver(
  { read, heard, desk, texts, tongue, now }: Handing,
  { handOff, memory }: Turn,
): Promise<{ readonly lines: readonly Line[]; readonly effects: Effects; readonly memory: Memory }> {
  if (handOff === undefined) return { lines: [], effects: [], memory };
  if (heard.kind !== 'support') return { lines: [{ text: texts.noneHere }], effects: [], memory };
  const { say, values, note, ...given } = { ...heard.bot.handOff, ...handOff };
  const own = say === undefined ? [] : [{ text: wordsOf(say, tongue, values) }];
  if (desk === undefined) {
    const lines = own.length === 0 ? [{ text: texts.left }] : own;
    return { lines, effects: [], memory: { ...blank, quietUntil: now + quietFor } };
  }
  // Colleagues read what the bot itself speaks.
  const noted = note === undefined ? {} : { note: wordsOf(note, { ...tongue, language: tongue.fallback }, values) };
  const wish = { language: tongue.language, ...given, ...noted };
  const effects = await desk.handOff(read, heard.conversation, wish, now);
  // Out of hours the desk may have words of its own.
  const speaks = effects.some((effect) => effect.do === 'append' && effect.type === 'message.sent');
  const usual = desk.isOpen(now).open ? [{ text: texts.handedOff }] : speaks ? [] : [{ text: texts.left }];
  return { lines: own.length === 0 ? usual : own, effects, memory };
}

/** States of a case in which people have it, or will. */
const silent: readonly string[] = ['waiting', 'assigned', 'snoozed', 'away'];

/** Whether people have the conversation, so that a bot says nothing. */
export async function isTaken(
  read: Reads,
  { kind, conversation }: Pick<Heard, 'kind' | 'conversation'>,
  desk: Services['desk'] | undefined,
): Promise<boolean> {
  if (kind !== 'support' || desk === undefined) return false;
  const standing = await desk.state(read, conversation);
  return standing !== undefined && silent.includes(standing.state);
}
