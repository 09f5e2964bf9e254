import type { Case, DeskActions, DeskFacts } from '../../../protocol/desk.ts';
import type { AnyFact } from '../../../protocol/facts.ts';
import { type Device, Stage, type StageOptions } from '../../bin/contract-stage.ts';
import type { Store } from '../../core/store.ts';
import type { DeskOptions } from './options.ts';

/** A friend with a helpdesk of these options, as declared in `befriend.config.ts`. */
export function deskStage(desk: DeskOptions = {}, more: Partial<StageOptions> = {}): Promise<Stage> {
  return Stage.open({ desk, ...more });
}

/** What a colleague wishes of the desk, and its answer. */
export async function wish<T extends keyof DeskActions>(
  device: Device,
  type: T,
  body: DeskActions[T],
): Promise<AnyFact> {
  const [answer] = await device.answers(device.action(type, body));
  if (answer === undefined) throw new Error('No answer.');
  return answer;
}

/** The body of an answer from the desk. */
export async function shown<T extends keyof DeskActions, F extends keyof DeskFacts>(
  device: Device,
  type: T,
  body: DeskActions[T],
  answer: F,
): Promise<DeskFacts[F]> {
  const fact = (await wish(device, type, body)) as { type: string; body: unknown };
  if (fact.type !== answer) throw new Error(`${type} was answered by ${JSON.stringify(fact)}`);
  return fact.body as DeskFacts[F];
}

/** A colleague who hears the desk. */
export async function colleagueAt(stage: Stage, name: string): Promise<Device> {
  const device = await stage.colleague(name);
  await device.quiet();
  await shown(device, 'desk.show', {}, 'desk.shown');
  return device;
}

/** A visitor's conversation with support. */
export function supportOf(device: Device): string {
  return `c_support_${device.user.slice(2)}`;
}

/** Time goes by, and what falls due is done. */
export async function passes(stage: Stage, ms: number, device: Device): Promise<void> {
  await device.quiet();
  stage.clock.advance(ms);
  await device.quiet();
  await device.quiet();
}

/** A case as it is stored. */
export async function caseOf(store: Store, device: Device): Promise<Partial<Case> | undefined> {
  const text = await store.state('desk', 'case', supportOf(device));
  return text === undefined ? undefined : (JSON.parse(text) as Partial<Case>);
}

/** People who come one after the other, look at their conversation with support and ask. */
export async function asks(stage: Stage, ...names: string[]): Promise<Device[]> {
  const people: Device[] = [];
  for (const name of names) {
    const person = await stage.person(name);
    await person.ask('conversation.open', { conversation: 'support' });
    await person.says('support', `I am ${name}`);
    stage.clock.advance(1);
    people.push(person);
  }
  for (const person of people) await person.quiet();
  return people;
}

/** Who has the cases of these visitors. */
export async function assignees(stage: Stage, people: readonly Device[]): Promise<(string | undefined)[]> {
  const rows = await Promise.all(people.map((person) => caseOf(stage.store, person)));
  return rows.map((row) => row?.assignee);
}
