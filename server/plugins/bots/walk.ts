import type { Choice, Custom, Extras } from '../../../protocol/extras.ts';
import type { Effects } from '../../core/rule.ts';
import { answerStep, formOf, type Said } from './answer-step.ts';
import { type Dialogue, fits, steppedOn } from './dialogue.ts';
import type { Flow } from './flow.ts';
import {
  type AskingStep,
  asks,
  type CallStep,
  type HandOffStep,
  type Option,
  type OptionCard,
  type Step,
} from './step.ts';
import type { BotTexts } from './texts.ts';
import { type Tongue, type Values, type Words, wordsOf } from './words.ts';

/** A message that a bot is about to send. */
export interface Line {
  readonly text: string;
  readonly extras?: Extras;
}

/** What a walk through a flow rests on. */
export interface Walking {
  readonly flow: Flow;
  readonly tongue: Tongue;
  readonly texts: BotTexts;
  readonly now: number;
  /** The seq of what was said. */
  readonly seq: number;
  /** The id of the schedule that lets a dialogue expire that begins now. */
  readonly timer: string;
  /** Runs code of the team; undefined where it failed. */
  readonly call: (
    name: string,
    step: CallStep,
    values: Values,
  ) => Promise<{ values: Values; effects: Effects } | undefined>;
  /** Each step that is entered, for who counts them. */
  readonly entered: (step: string) => void;
}

/** What a walk comes to: what is said and stored, and the question it waits at; without one the flow is over. */
export interface Walked {
  readonly lines: readonly Line[];
  readonly effects: Effects;
  readonly dialogue?: Dialogue;
  readonly handOff?: HandOffStep & { readonly values: Values };
}

/** Steps that one word leads through, at most. A checked flow has no round without a question. */
const stepsAtOnce = 200;

/** Begins a flow with what is known already. */
export function begin(walking: Walking, values: Values = {}): Promise<Walked> {
  const { flow, timer } = walking;
  return enter(walking, { at: flow.start, values, back: [], timer });
}

/** Takes an answer; undefined where the step does not want it, with what to say of it in `wrong`. */
export async function answerWith(
  walking: Walking,
  dialogue: Dialogue,
  said: Said,
): Promise<Walked | { readonly wrong: string }> {
  const { flow, texts, tongue } = walking;
  const one = flow.steps[dialogue.step];
  if (one === undefined || !asks(one)) return begin(walking);
  const taken = answerStep(dialogue.step, one, said, dialogue.values, tongue);
  if ('say' in taken) return { wrong: wordsOf(taken.say, tongue, dialogue.values) };
  if ('wrong' in taken) return { wrong: wordsOf(one.wrong ?? texts[taken.wrong], tongue, taken.about) };
  const values = { ...dialogue.values, ...taken.values };
  if (!fits(values)) return { wrong: wordsOf(texts.wrongText, tongue, { min: 1, max: 1_000 }) };
  const back = steppedOn(dialogue.back, dialogue.step);
  return enter(walking, { at: taken.next, values, back, timer: dialogue.timer });
}

/** Asks again what waits for an answer, after `first`. */
export function askAgain(walking: Walking, dialogue: Dialogue, first: readonly string[]): Walked {
  const { flow, seq, now } = walking;
  const one = flow.steps[dialogue.step];
  const asked = one !== undefined && asks(one) ? [question(one, walking.tongue, dialogue.values)] : [];
  return {
    lines: [...first.map((text) => ({ text })), ...asked],
    effects: [],
    dialogue: { ...dialogue, heard: seq, at: now },
  };
}

/** Asks the question before this one; undefined where there is none. */
export function goBack(walking: Walking, dialogue: Dialogue): Walked | undefined {
  const step = dialogue.back.at(-1);
  if (step === undefined) return undefined;
  return askAgain(walking, { ...dialogue, step, back: dialogue.back.slice(0, -1) }, []);
}

interface Place {
  readonly at: string;
  readonly values: Values;
  readonly back: readonly string[];
  readonly timer: string;
}

async function enter(walking: Walking, place: Place): Promise<Walked> {
  const { flow, tongue, now, seq, entered } = walking;
  const lines: Line[] = [];
  const effects: Effects[number][] = [];
  let { at, values } = place;
  for (let count = 0; count < stepsAtOnce; count += 1) {
    const one = Object.hasOwn(flow.steps, at) ? flow.steps[at] : undefined;
    if (one === undefined) throw new RangeError(`The flow ${flow.name} has no step ${at}`);
    entered(at);
    if (asks(one)) {
      lines.push(question(one, tongue, values));
      const dialogue = { flow: flow.name, print: flow.print, step: at, values, back: [...place.back] };
      return { lines, effects, dialogue: { ...dialogue, heard: seq, timer: place.timer, at: now } };
    }
    if (one.kind === 'handOff') return { lines, effects, handOff: { ...one, values } };
    if (one.kind === 'end') {
      if (one.say !== undefined) lines.push({ text: wordsOf(one.say, tongue, values) });
      return { lines, effects };
    }
    if (one.kind === 'say') lines.push(spoken(one, tongue, values));
    if (one.kind === 'call') {
      const called = await walking.call(at, one, values);
      values = { ...values, ...called?.values };
      effects.push(...(called?.effects ?? []));
      at = called === undefined || !fits(values) ? one.failed : one.next;
    } else at = nextOf(one, values, now);
  }
  throw new RangeError(`The flow ${flow.name} goes on for ever at ${at}`);
}

function nextOf(
  one: Exclude<Step, AskingStep | CallStep | HandOffStep | { kind: 'end' }>,
  values: Values,
  now: number,
): string {
  if (one.kind === 'say') return one.next;
  if (one.kind === 'hours') return one.hours.isOpen(now) ? one.open : one.closed;
  const by = typeof one.by === 'string' ? String(values[one.by] ?? '') : one.by(values);
  return (Object.hasOwn(one.to, by) ? one.to[by] : undefined) ?? one.otherwise;
}

interface Speaking {
  readonly say: Words;
  readonly cards?: readonly OptionCard[];
  readonly buttons?: readonly Option[];
  readonly custom?: Custom;
}

function spoken(one: Speaking, tongue: Tongue, values: Values): Line {
  const { say, cards, buttons, custom } = one;
  const extras: Extras = {
    ...(cards === undefined ? {} : { cards: cards.map((card) => cardOf(card, tongue, values)) }),
    ...(buttons === undefined ? {} : { buttons: choicesOf(buttons, tongue, values) }),
    ...(custom === undefined ? {} : { custom }),
  };
  return lineOf(say, extras, tongue, values);
}

function question(one: AskingStep, tongue: Tongue, values: Values): Line {
  if (one.kind === 'form') return lineOf(one.ask, { form: formOf(one, tongue) }, tongue, values);
  if (one.kind !== 'choice') return lineOf(one.ask, {}, tongue, values);
  const { options = [], cards, look = 'replies' } = one;
  const extras: Extras = {
    ...(options.length === 0 ? {} : { [look]: choicesOf(options, tongue, values) }),
    ...(cards === undefined ? {} : { cards: cards.map((card) => cardOf(card, tongue, values)) }),
  };
  return lineOf(one.ask, extras, tongue, values);
}

function lineOf(words: Words, extras: Extras, tongue: Tongue, values: Values): Line {
  const text = wordsOf(words, tongue, values);
  return Object.keys(extras).length === 0 ? { text } : { text, extras };
}

function cardOf(
  { title, text, image, buttons }: OptionCard,
  tongue: Tongue,
  values: Values,
): NonNullable<Extras['cards']>[number] {
  return {
    title: wordsOf(title, tongue, values),
    ...(text === undefined ? {} : { text: wordsOf(text, tongue, values) }),
    ...(image === undefined ? {} : { image }),
    ...(buttons === undefined ? {} : { buttons: choicesOf(buttons, tongue, values) }),
  };
}

function choicesOf(options: readonly Option[], tongue: Tongue, values: Values): Choice[] {
  return options.map(({ id, label, href }) => ({
    ...{ id, label: wordsOf(label, tongue, values) },
    ...(href === undefined ? {} : { href }),
  }));
}

/** A message outside of a flow. */
export function lineFrom(
  given: {
    readonly say: Words;
    readonly values?: Values;
    readonly replies?: readonly Option[];
    readonly buttons?: readonly Option[];
    readonly cards?: readonly OptionCard[];
    readonly custom?: Custom;
  },
  tongue: Tongue,
): Line {
  const { say, values = {}, replies, ...others } = given;
  const line = spoken({ ...others, say }, tongue, values);
  return replies === undefined
    ? line
    : { ...line, extras: { ...line.extras, replies: choicesOf(replies, tongue, values) } };
}
