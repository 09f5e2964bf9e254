import type { AnyFact } from '../../../protocol/facts.ts';
import type { Trace } from '../../../server/core/trace.ts';
import { Known } from './known.ts';

/** One step of the friend, as a line of what happened. */
export interface Entry {
  readonly id: number;
  /** Steps of one cause have one number. */
  readonly cause: number;
  readonly kind: Trace['kind'];
  readonly at: number;
  /** Names of those who did it or were told. */
  readonly who: string;
  /** The type of the action or fact; the reaction's name. */
  readonly type: string;
  /** What it says, or what came of it, in a few words. */
  readonly text: string;
  readonly ms?: number;
  readonly isError: boolean;
  /** Nothing came of it, or it is about connections alone. */
  readonly isQuiet: boolean;
  readonly step: Trace;
}

/** The steps of one cause, the oldest first. */
export interface Cause {
  readonly id: number;
  readonly entries: readonly Entry[];
}

/** Lines that are kept, and marks by which a cause is found again. */
const most = { entries: 1_000, marks: 4_000 } as const;

/** What is only about being there. */
const quietTypes =
  /^(connection|presence|marker|log|device|page|friend|desk|invite)\.|^(typing|composer)|[.](list|listed|open|opened|search|found)$|^ack$/;

/** What a friend has done, step by step, with the step that each came of. The newest thousand; the oldest go first. */
export class Causes {
  readonly #known = new Known();
  readonly #marks = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #entries: readonly Entry[] = [];
  #next = 1;

  /** The newest thousand, the oldest first. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Calls `listener` after every change; returns what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes one step. */
  add(step: Trace): void {
    this.#known.learn(step);
    const entry: Entry = {
      id: this.#next,
      cause: this.#causeOf(step),
      kind: step.kind,
      at: step.at,
      ...this.#said(step),
      step,
    };
    this.#next += 1;
    this.#entries = [...this.#entries.slice(1 - most.entries), entry];
    this.#tell();
  }

  /** Forgets what happened, and no names. */
  clear(): void {
    this.#entries = [];
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #said(step: Trace): Omit<Entry, 'id' | 'cause' | 'kind' | 'at' | 'step'> {
    const known = this.#known;
    if (step.kind === 'action') {
      const { type, body } = step.action;
      const who = known.nameOf(step.user ?? known.userAt(step.from)) ?? 'somebody new';
      return { who, type, text: wordsOf(body), isError: false, isQuiet: quietTypes.test(type) };
    }
    if (step.kind === 'decided') {
      const isError = step.effects.some(({ do: done }) => done === 'refuse');
      const text = effectsOf(step.effects) + (step.attempt > 1 ? `, attempt ${step.attempt}` : '');
      return { who: '', type: step.type, text, ms: step.ms, isError, isQuiet: quietTypes.test(step.type) };
    }
    if (step.kind === 'stored') {
      const { type, by, body, seq } = step.fact;
      const text = `${wordsOf(JSON.parse(body))} · number ${seq}`.replace(/^ · /, '');
      return { who: known.nameOf(by) ?? '', type, text, isError: false, isQuiet: quietTypes.test(type) };
    }
    if (step.kind === 'told') {
      const events = eventsIn(step.frame);
      const types = [...new Set(events.map(({ type }) => type))];
      const isError = types.includes('error');
      const text = events.map(({ body }) => wordsOf(body)).findLast((words) => words !== '') ?? '';
      const who = known.nameOf(known.userAt(step.to)) ?? 'somebody new';
      return { who, type: types.join(', '), text, isError, isQuiet: types.every((type) => quietTypes.test(type)) };
    }
    const { name, effects, error, ms } = step;
    const isError = error !== undefined;
    return {
      who: '',
      type: name,
      text: error ?? effectsOf(effects),
      ms,
      isError,
      isQuiet: !isError && effects.length === 0,
    };
  }

  #causeOf(step: Trace): number {
    if (step.kind === 'action') return this.#marked([step.action.id]);
    if (step.kind === 'decided') return this.#marked([step.re]);
    if (step.kind === 'reacted') return this.#marked([`${step.log}:${step.seq}`]);
    // What a reaction has stored names the fact that it was a reaction to as its action.
    if (step.kind === 'stored') return this.#marked([step.fact.action, `${step.fact.log}:${step.fact.seq}`]);
    const marks = eventsIn(step.frame).flatMap((fact) => [
      ...('re' in fact && typeof fact.re === 'string' ? [fact.re] : []),
      ...('log' in fact ? [`${fact.log}:${fact.seq}`] : []),
    ]);
    return this.#marked(marks.slice(-2));
  }

  /** The cause that one of these marks belongs to, else a new one; from then on all of them do. */
  #marked(marks: readonly string[]): number {
    const known = marks.map((mark) => this.#marks.get(mark)).find((cause) => cause !== undefined);
    const cause = known ?? this.#next;
    for (const mark of marks) this.#marks.set(mark, cause);
    for (const oldest of this.#marks.keys()) {
      if (this.#marks.size <= most.marks) break;
      this.#marks.delete(oldest);
    }
    return cause;
  }
}

/** The facts of a frame that was told. */
export function eventsIn(frame: string): readonly AnyFact[] {
  return (JSON.parse(frame) as { readonly events: readonly AnyFact[] }).events;
}

/** Entries by their causes, in the order in which these began. */
export function byCause(entries: readonly Entry[]): readonly Cause[] {
  const groups = new Map<number, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.cause) ?? [];
    group.push(entry);
    groups.set(entry.cause, group);
  }
  return Array.from(groups, ([id, group]) => ({ id, entries: group }));
}

/** Characters of a body that stand in a line. */
const shortest = 80;

function wordsOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { text, code } = body as { readonly text?: unknown; readonly code?: unknown };
  const words = typeof text === 'string' ? text : typeof code === 'string' ? code : '';
  return words.length > shortest ? `${words.slice(0, shortest)}…` : words;
}

function effectsOf(effects: Extract<Trace, { kind: 'decided' }>['effects']): string {
  if (effects.length === 0) return 'nothing';
  return effects.map(effectOf).join(', ');
}

function effectOf(effect: Extract<Trace, { kind: 'decided' }>['effects'][number]): string {
  if ('type' in effect) return `${effect.do} ${effect.type}`;
  if (effect.do === 'put') return `put ${effect.put.table}`;
  return effect.do === 'refuse' ? `refuse ${effect.code}` : effect.do;
}
