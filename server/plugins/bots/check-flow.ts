import { FriendError } from '../../core/errors.ts';
import type { Flow } from './flow.ts';
import { asks, optionsOf, type Step, waysOf } from './step.ts';

/** Something that is wrong with a flow, and what to do about it. */
export interface FlowProblem {
  readonly flow: string;
  readonly step: string;
  readonly problem: string;
  readonly advice: string;
}

/** How much one flow, and one question, may have. */
const most = { steps: 200, options: 20, cards: 10, fields: 30 } as const;

/**
 * Everything that is wrong with a flow: targets that do not exist, steps that nothing leads to or from which nothing leads
 * to an end, rounds without a question, and offers that nobody could tell apart. Empty where it is sound.
 */
export function checkFlow(flow: Flow): readonly FlowProblem[] {
  const problems: FlowProblem[] = [];
  const say = (step: string, problem: string, advice: string): void => {
    problems.push({ flow: flow.name, step, problem, advice });
  };
  const names = Object.keys(flow.steps);
  if (names.length > most.steps)
    say(flow.start, `it has ${names.length} steps`, `Make several flows of at most ${most.steps}.`);
  const known = `Lead to one of: ${names.join(', ')}`.slice(0, 200);
  if (!Object.hasOwn(flow.steps, flow.start)) say(flow.start, 'the first step does not exist', known);
  for (const [name, one] of Object.entries(flow.steps)) {
    for (const { to } of waysOf(one))
      if (!Object.hasOwn(flow.steps, to)) say(name, `it leads to ${to}, which does not exist`, known);
    for (const [problem, advice] of offersOf(one)) say(name, problem, advice);
  }
  const reached = from([flow.start], (name) => targets(flow, name));
  for (const name of names)
    if (!reached.has(name)) say(name, 'nothing leads to it', 'Lead to it from another step, or take it out.');
  const ending = from(
    names.filter((name) => targets(flow, name).length === 0),
    (name) => names.filter((other) => targets(flow, other).includes(name)),
  );
  for (const name of reached)
    if (Object.hasOwn(flow.steps, name) && !ending.has(name))
      say(name, 'no way from it comes to an end', 'Lead to step.end() or step.handOff() on one way at least.');
  for (const name of names)
    if (isRound(flow, name)) say(name, 'it comes back to itself without a question', 'Put a step between that asks.');
  return problems;
}

/** @throws FriendError `FRIEND_FLOW` with the first thing that is wrong */
export function assertFlow(one: Flow): void {
  const [problem, ...others] = checkFlow(one);
  if (problem === undefined) return;
  const more = others.length === 0 ? '' : `; and ${others.length} more`;
  throw new FriendError('FRIEND_FLOW', `${one.name}, ${problem.step}: ${problem.problem}. ${problem.advice}${more}`);
}

function targets({ steps }: Flow, name: string): string[] {
  const one = Object.hasOwn(steps, name) ? steps[name] : undefined;
  return one === undefined ? [] : waysOf(one).map(({ to }) => to);
}

/** Everything that can be reached, the beginnings included. */
function from(beginnings: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const found = new Set(beginnings);
  for (const name of found) for (const one of next(name)) found.add(one);
  return found;
}

function isRound(flow: Flow, name: string): boolean {
  const silent = (at: string): string[] => {
    const one = Object.hasOwn(flow.steps, at) ? flow.steps[at] : undefined;
    return one === undefined || asks(one) ? [] : targets(flow, at);
  };
  return from(silent(name), silent).has(name);
}

function offersOf(one: Step): [problem: string, advice: string][] {
  if (one.kind === 'form') return formOf(one.fields.map(({ id }) => id));
  if (one.kind !== 'choice') return [];
  const all = optionsOf(one);
  const asked = all.filter(({ href }) => href === undefined);
  const found: [string, string][] = [];
  const twice = all.find(({ id }, index) => all.findIndex((other) => other.id === id) !== index);
  if (asked.length === 0) found.push(['nothing can be chosen', 'Give it options, or take step.say().']);
  if (twice !== undefined) found.push([`two options have the id ${twice.id}`, 'Give each an id of its own.']);
  if (all.some(({ id }) => id === '' || id.length > 64))
    found.push(['an option has an id that none can have', 'Ids have 1 to 64 characters.']);
  if (asked.some(({ next = one.next }) => next === undefined))
    found.push(['an option leads nowhere', 'Give the option or the step a `next`.']);
  if ((one.options ?? []).length > most.options || (one.cards ?? []).length > most.cards)
    found.push(['it offers too much', `At most ${most.options} options and ${most.cards} cards.`]);
  if (one.look !== 'buttons' && (one.options ?? []).some(({ href }) => href !== undefined))
    found.push(['a quick reply leads to a page', "Say look: 'buttons'."]);
  return found;
}

function formOf(ids: readonly string[]): [problem: string, advice: string][] {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) return [[`two fields have the id ${twice}`, 'Give each an id of its own.']];
  if (ids.length === 0 || ids.length > most.fields)
    return [[`it has ${ids.length} fields`, `A form has 1 to ${most.fields}.`]];
  return [];
}
