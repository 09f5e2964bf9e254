import type { Card, Custom, Field } from '../../../protocol/extras.ts';
import type { Effects, MaybePromise, ReactionContext } from '../../core/rule.ts';
import { type Hours, type HoursPlan, hoursOf } from '../../hours/hours.ts';
import type { Value, Values, Words } from './words.ts';

/** Something that can be chosen in a step; `next` goes before the step's own. With `href` it leads to a page instead. */
export interface Option<T extends string = string> {
  readonly id: string;
  readonly label: Words;
  readonly next?: T;
  readonly href?: string;
}

/** A small picture with words and buttons, as a step shows it. */
export interface OptionCard<T extends string = string> extends Pick<Card, 'image'> {
  readonly title: Words;
  readonly text?: Words;
  readonly buttons?: readonly Option<T>[];
}

/** A field of a form, its words in every language. */
export interface StepField extends Pick<Field, 'id' | 'kind' | 'required' | 'min' | 'max'> {
  readonly label: Words;
  readonly hint?: Words;
  readonly options?: readonly { readonly id: string; readonly label: Words }[];
}

/** What all steps have that ask something. */
interface Asking<T extends string> {
  readonly ask: Words;
  /** The name under which the answer is kept; the step's own where absent. */
  readonly save?: string;
  /** Said in place of the usual words where an answer does not fit; the question follows again. */
  readonly wrong?: Words;
  readonly next: T;
}

/** Says something and goes on. */
export interface SayStep<T extends string = string> {
  readonly kind: 'say';
  readonly say: Words;
  readonly cards?: readonly OptionCard<never>[];
  readonly buttons?: readonly Option<never>[];
  readonly custom?: Custom;
  readonly next: T;
}

/** Asks for words. `as` says what they have to be; `min` and `max` bound a number, or the length of a text. */
export interface TextStep<T extends string = string> extends Asking<T> {
  readonly kind: 'text';
  readonly as?: 'text' | 'number' | 'email' | 'tel' | 'date';
  readonly min?: number;
  readonly max?: number;
  /** True, or what to say of it. */
  readonly check?: (answer: Value, values: Values) => true | Words;
}

/** Offers one of several. `look`: quick replies, or buttons that stay; cards have buttons of their own. */
export interface ChoiceStep<T extends string = string> extends Omit<Asking<T>, 'next'> {
  readonly kind: 'choice';
  readonly options?: readonly Option<T>[];
  readonly look?: 'replies' | 'buttons';
  readonly cards?: readonly OptionCard<T>[];
  /** Where options go that name no step of their own. */
  readonly next?: T;
}

/** Asks for several things at once; each is kept under the id of its field. */
export interface FormStep<T extends string = string> extends Omit<Asking<T>, 'save'> {
  readonly kind: 'form';
  readonly fields: readonly StepField[];
  readonly send?: Words;
}

/** Asks for a file. Kept are its id, and as `NAME.name` what it is called. */
export interface FileStep<T extends string = string> extends Asking<T> {
  readonly kind: 'file';
  /** How its media type may begin, `image/`; any where absent. */
  readonly types?: readonly string[];
}

/** Goes on by what was gathered: by the name of a value, or by what a function says. */
export interface BranchStep<T extends string = string> {
  readonly kind: 'branch';
  readonly by: string | ((values: Values) => string);
  readonly to: Readonly<Record<string, T>>;
  readonly otherwise: T;
}

/** Goes on by whether somebody works now. */
export interface HoursStep<T extends string = string> {
  readonly kind: 'hours';
  readonly hours: Hours;
  readonly open: T;
  readonly closed: T;
}

/** What a team's code may use in a `call`: a reaction to the answer that led there, which may fetch. */
export interface Calling extends ReactionContext {
  readonly values: Values;
  readonly user: string;
  readonly conversation: string;
  /** BCP 47. */
  readonly language: string;
  /** The same when the same call runs again after a crash: hand it to who must not do things twice. */
  readonly key: string;
}

/** What a `call` comes to. */
export interface Called {
  /** Kept with what was gathered. */
  readonly values?: Values;
  readonly effects?: Effects;
}

/** Runs code of the team, at least once. Where it throws or takes longer than `timeout` milliseconds, `failed` follows. */
export interface CallStep<T extends string = string> {
  readonly kind: 'call';
  readonly run: (calling: Calling) => MaybePromise<Called | undefined>;
  readonly timeout?: number;
  readonly next: T;
  readonly failed: T;
}

/** Gives the conversation to people, and ends. */
export interface HandOffStep {
  readonly kind: 'handOff';
  readonly say?: Words;
  readonly queue?: string;
  readonly topic?: string;
  /** For colleagues alone. */
  readonly note?: Words;
}

/** The flow is over. */
export interface EndStep {
  readonly kind: 'end';
  readonly say?: Words;
}

/** One step of a flow, as data. `T` are the names of the steps that it leads to. */
export type Step<T extends string = string> =
  | SayStep<T>
  | TextStep<T>
  | ChoiceStep<T>
  | FormStep<T>
  | FileStep<T>
  | BranchStep<T>
  | HoursStep<T>
  | CallStep<T>
  | HandOffStep
  | EndStep;

export type StepKind = Step['kind'];

type HoursGiven<T extends string> = Omit<HoursStep<T>, 'kind' | 'hours'> & { readonly hours: Hours | HoursPlan };

type Without<S> = Omit<S, 'kind'>;

/** Makes the steps of a flow. */
export const step = {
  say: <const T extends string>(given: Without<SayStep<T>>): SayStep<T> => ({ ...given, kind: 'say' }),
  text: <const T extends string>(given: Without<TextStep<T>>): TextStep<T> => ({ ...given, kind: 'text' }),
  choice: <const T extends string>(given: Without<ChoiceStep<T>>): ChoiceStep<T> => ({ ...given, kind: 'choice' }),
  form: <const T extends string>(given: Without<FormStep<T>>): FormStep<T> => ({ ...given, kind: 'form' }),
  file: <const T extends string>(given: Without<FileStep<T>>): FileStep<T> => ({ ...given, kind: 'file' }),
  branch: <const T extends string>(given: Without<BranchStep<T>>): BranchStep<T> => ({ ...given, kind: 'branch' }),
  /** @throws FriendError `FRIEND_HOURS` */
  hours: <const T extends string>({ hours, ...given }: HoursGiven<T>): HoursStep<T> => ({
    ...given,
    kind: 'hours',
    hours: 'isOpen' in hours ? hours : hoursOf(hours),
  }),
  call: <const T extends string>(given: Without<CallStep<T>>): CallStep<T> => ({ ...given, kind: 'call' }),
  handOff: (given: Without<HandOffStep> = {}): HandOffStep => ({ ...given, kind: 'handOff' }),
  end: (given: Without<EndStep> = {}): EndStep => ({ ...given, kind: 'end' }),
} as const;

/** A step that waits for somebody. */
export type AskingStep = TextStep | ChoiceStep | FormStep | FileStep;

export function asks(one: Step): one is AskingStep {
  return one.kind === 'text' || one.kind === 'choice' || one.kind === 'form' || one.kind === 'file';
}

/** Everything that a step lets choose, those of its cards too. */
export function optionsOf({ options = [], cards = [] }: ChoiceStep): readonly Option[] {
  return [...options, ...cards.flatMap(({ buttons = [] }) => buttons)];
}

/** A way from one step to another, and when it is taken. */
export interface Way {
  readonly to: string;
  /** Empty for the only way. */
  readonly when: string;
}

/** Where a step leads. */
export function waysOf(one: Step): readonly Way[] {
  switch (one.kind) {
    case 'choice': {
      const own = optionsOf(one).flatMap(({ id, next = one.next, href }) =>
        next === undefined || href !== undefined ? [] : [{ to: next, when: id }],
      );
      // Where every option goes the same way, it is one way.
      return own.length > 1 && own.every(({ to }) => to === own[0]?.to) ? [{ to: own[0]?.to ?? '', when: '' }] : own;
    }
    case 'branch':
      return [
        ...Object.entries(one.to).map(([when, to]) => ({ to, when: when === '' ? 'nothing' : when })),
        { to: one.otherwise, when: 'otherwise' },
      ];
    case 'hours':
      return [
        { to: one.open, when: 'open' },
        { to: one.closed, when: 'closed' },
      ];
    case 'call':
      return [
        { to: one.next, when: '' },
        { to: one.failed, when: 'failed' },
      ];
    case 'handOff':
    case 'end':
      return [];
    default:
      return [{ to: one.next, when: '' }];
  }
}
