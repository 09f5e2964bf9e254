import { limits } from '../../../protocol/limits.ts';
import type { Effect } from '../../core/effect.ts';
import type { Effects } from '../../core/rule.ts';
import type { HandOff } from '../../core/services.ts';
import { answerStep } from './answer-step.ts';
import type { Asked, Bot, Reply } from './bot.ts';
import { blank, type Dialogue, type Memory } from './dialogue.ts';
import type { Flow } from './flow.ts';
import { type Matched, type Matching, made, match, runCommand, writtenCommand } from './match.ts';
import type { Heard } from './place.ts';
import { asks } from './step.ts';
import type { BotTexts } from './texts.ts';
import { answerWith, askAgain, begin, goBack, type Line, lineFrom, type Walked, type Walking } from './walk.ts';
import { plain, type Tongue, type Values, type Words, wordsOf } from './words.ts';

/** Chosen by who wants a person in place of a bot. */
export const peopleChoice = 'bot.people';

/** What a bot does about one word. */
export interface Turn {
  readonly lines: readonly Line[];
  readonly effects: Effects;
  readonly memory: Memory;
  /** It gives the conversation to people; the words are said where they can have it. */
  readonly handOff?: Omit<HandOff, 'note'> & { readonly say?: Words; readonly note?: Words; readonly values: Values };
}

/** What a turn rests on. */
export interface Turning {
  readonly heard: Heard;
  readonly memory: Memory | undefined;
  readonly asked: Asked;
  readonly texts: BotTexts;
  readonly tongue: Tongue;
  readonly walking: (flow: Flow) => Walking;
}

/**
 * Decides in this order: the words that lead a dialogue, the flow that runs, a command, a wish for people, a keyword, a
 * pattern, the fallback. Undefined where the bot has nothing to say.
 */
export async function turn(turning: Turning): Promise<Turn | undefined> {
  const { heard, texts, memory = blank } = turning;
  const running = runningIn(turning, memory.dialogue);
  if (running === 'changed') return restarted(turning, memory, texts.changed);
  if (running !== undefined) return inFlow(turning, memory, running);
  const { said } = heard;
  if (said.kind === 'values') return undefined;
  if (said.kind === 'choice') return chosen(turning, memory, said.choice);
  const matched = await matchedBy(turning);
  if (matched !== undefined) return replying(turning, memory, matched.reply);
  return heard.isAddressed ? fallback(turning, memory) : undefined;
}

interface Running {
  readonly dialogue: Dialogue;
  readonly flow: Flow;
}

function runningIn(
  { heard: { bot }, asked }: Turning,
  dialogue: Dialogue | undefined,
): Running | 'changed' | undefined {
  const flow = dialogue && flowOf(bot, dialogue.flow);
  if (dialogue === undefined || flow === undefined || asked.now - dialogue.at > flow.expires) return undefined;
  return flow.print === dialogue.print ? { dialogue, flow } : 'changed';
}

async function inFlow(turning: Turning, memory: Memory, running: Running): Promise<Turn> {
  const { heard, texts } = turning;
  const { dialogue, flow } = running;
  const walking = turning.walking(flow);
  const { said } = heard;
  if (said.kind !== 'text') {
    if (heard.of <= dialogue.heard) return walkedOn(memory, askAgain(walking, dialogue, [texts.goOn]));
  } else if (!isOption(turning, running)) {
    const text = plain(said.text.replace(/^\//, ''));
    if (oneOf(texts.stop, text)) return walkedOn(memory, { lines: [{ text: texts.stopped }], effects: [] });
    if (oneOf(texts.restart, text)) return walkedOn(memory, await begin({ ...walking, timer: dialogue.timer }));
    if (oneOf(texts.back, text))
      return walkedOn(memory, goBack(walking, dialogue) ?? askAgain(walking, dialogue, [texts.first]));
  }
  const walked = await answerWith(walking, dialogue, said);
  if (!('wrong' in walked)) return walkedOn(memory, walked);
  const written = said.kind === 'text' ? writtenCommand(said.text) : undefined;
  const command = written && (await runCommand(matchingOf(turning), written));
  if (command !== undefined) return replying(turning, memory, command.reply);
  if (said.kind === 'text' && oneOf(texts.askPeople, plain(said.text)))
    return replying(turning, memory, { handOff: {} });
  return walkedOn(memory, askAgain(walking, dialogue, [walked.wrong]));
}

/** Whether the word is one of what can be chosen right now: that goes before the words that lead a dialogue. */
function isOption({ heard, tongue }: Turning, { dialogue, flow }: Running): boolean {
  const one = flow.steps[dialogue.step];
  if (one === undefined || !asks(one) || one.kind !== 'choice') return false;
  return 'next' in answerStep(dialogue.step, one, heard.said, dialogue.values, tongue);
}

async function restarted(turning: Turning, memory: Memory, why: string): Promise<Turn | undefined> {
  const flow = flowOf(turning.heard.bot, memory.dialogue?.flow ?? '');
  if (flow === undefined) return undefined;
  const walking = turning.walking(flow);
  const walked = await begin({ ...walking, timer: memory.dialogue?.timer ?? walking.timer });
  return walkedOn(memory, { ...walked, lines: [{ text: why }, ...walked.lines] });
}

/** A command, a wish for people, a keyword or a pattern. */
async function matchedBy(turning: Turning): Promise<Matched> {
  const { heard, texts, tongue } = turning;
  const matching = matchingOf(turning);
  const written = writtenCommand(matching.asked.text);
  if (written !== undefined && (written.to ?? heard.bot.name) === heard.bot.name) {
    const found = await runCommand(matching, written);
    const unknown = wordsOf(texts.unknownCommand, tongue, { name: written.name });
    return found ?? (heard.isAddressed ? { reply: unknown } : undefined);
  }
  if (heard.isAddressed && oneOf(texts.askPeople, plain(matching.asked.text))) return { reply: { handOff: {} } };
  return match(matching);
}

async function chosen(turning: Turning, memory: Memory, choice: string): Promise<Turn | undefined> {
  const { bot } = turning.heard;
  if (choice === peopleChoice) return replying(turning, memory, { handOff: {} });
  const { choices = {} } = bot;
  const reply = Object.hasOwn(choices, choice) ? choices[choice] : undefined;
  return reply === undefined ? undefined : replying(turning, memory, await made(reply, turning.asked));
}

async function fallback(turning: Turning, memory: Memory): Promise<Turn> {
  const { heard, texts, tongue, asked } = turning;
  const { welcome, fallback: given = {} } = heard.bot;
  if (turning.memory === undefined && welcome !== undefined)
    return replying(turning, memory, await made(welcome, asked));
  const { say = texts.fallback, after = 2, answer } = given;
  const answered = answer && (await answer(asked));
  if (answered !== undefined) return replying(turning, memory, answered);
  const misses = (memory.misses ?? 0) + 1;
  if (after === 0 || misses < after || heard.kind !== 'support')
    return { lines: [{ text: wordsOf(say, tongue) }], effects: [], memory: { ...withoutDialogue(memory), misses } };
  const replies = [{ id: peopleChoice, label: texts.people }];
  const offer = { text: texts.offerPeople, extras: { replies } };
  return { lines: [offer], effects: [], memory: { ...withoutDialogue(memory), misses } };
}

/** Says what a reply says. What runs goes on, unless the reply begins or ends something. */
async function replying(turning: Turning, memory: Memory, reply: Reply | undefined): Promise<Turn> {
  const lines: Line[] = [];
  const effects: Effect[] = [];
  let { misses: _, ...after } = memory;
  let handOff: Turn['handOff'];
  const { bot } = turning.heard;
  for (const one of flat(reply)) {
    if (typeof one === 'string') lines.push({ text: one.slice(0, limits.text) });
    else if ('say' in one) lines.push(lineFrom(one, turning.tongue));
    else if ('effects' in one) effects.push(...one.effects);
    else if ('handOff' in one) {
      handOff = { ...one.handOff, values: after.dialogue?.values ?? {} };
      after = withoutDialogue(after);
    } else {
      const flow = flowOf(bot, one.start);
      if (flow === undefined) throw new RangeError(`${bot.name} has no flow ${one.start}`);
      const begun = walkedOn(after, await begin(turning.walking(flow), one.values));
      lines.push(...begun.lines);
      effects.push(...begun.effects);
      after = begun.memory;
      handOff = begun.handOff ?? handOff;
    }
  }
  return { lines, effects, memory: after, ...(handOff === undefined ? {} : { handOff }) };
}

function walkedOn(memory: Memory, { lines, effects, dialogue, handOff }: Walked): Turn {
  const { misses: _, ...rest } = withoutDialogue(memory);
  const after = dialogue === undefined ? rest : { ...rest, dialogue };
  if (handOff === undefined) return { lines, effects, memory: after };
  const { kind: _kind, ...given } = handOff;
  return { lines, effects, memory: after, handOff: given };
}

function withoutDialogue({ dialogue: _, ...memory }: Memory): Memory {
  return memory;
}

function flat(reply: Reply | undefined): Exclude<Reply, readonly Reply[]>[] {
  if (reply === undefined) return [];
  return Array.isArray(reply) ? (reply as readonly Reply[]).flatMap(flat) : [reply as Exclude<Reply, readonly Reply[]>];
}

function flowOf({ flows = [] }: Bot, name: string): Flow | undefined {
  return flows.find((flow) => flow.name === name);
}

function matchingOf({ heard: { bot }, texts, tongue, asked }: Turning): Matching {
  return { bot, texts, tongue, asked };
}

function oneOf(words: string, text: string): boolean {
  return words.split('|').some((word) => plain(word) === text);
}
