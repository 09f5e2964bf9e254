import type { Actions, ActionType } from '../../protocol/actions.ts';
import type { AnyFact, Facts, FactType, Head } from '../../protocol/facts.ts';
import { type Device, Stage, type StageOptions } from './contract-stage.ts';

/** Ann's group Tea and three others: Ann, Bob and Eve may add each other, Dan has to be invited. */
export interface TeaParty {
  readonly stage: Stage;
  readonly ann: Device;
  readonly bob: Device;
  readonly eve: Device;
  readonly dan: Device;
  readonly tea: string;
}

/** Ann has just begun the group; nobody else is in it. */
export async function teaParty(
  begin: Partial<Actions['conversation.create']> = {},
  options: StageOptions = {},
): Promise<TeaParty> {
  const stage = await Stage.open(options);
  const ann = await stage.person('ann');
  const [bob, eve, dan] = [await stage.person('bob'), await stage.person('eve'), await stage.person('dan')];
  for (const [one, other] of [
    [ann, bob],
    [ann, eve],
    [bob, eve],
  ] as const) {
    await one.ask('relation.ask', { user: other.user, kind: 'contact' });
    await other.ask('relation.accept', { user: one.user });
  }
  const created = await ann.ask('conversation.create', { name: 'Tea', ...begin });
  return { stage, ann, bob, eve, dan, tea: created.log ?? '' };
}

type Of<T extends FactType> = Extract<AnyFact, { type: T }>;

/** The body of an answer that has to be of type `answer`. */
export async function asked<T extends FactType, A extends ActionType>(
  device: Device,
  type: A,
  body: Actions[A],
  answer: T,
): Promise<Facts[T]> {
  const fact = await device.ask(type, body);
  if (fact.type !== answer) throw new Error(`It was ${JSON.stringify(fact)}.`);
  return (fact as Of<T>).body as Facts[T];
}

/** The conversation as `device` is shown it. */
export async function headOf(device: Device, conversation: string): Promise<Head> {
  return (await asked(device, 'conversation.open', { conversation }, 'conversation.opened')).conversation;
}

/** The roles of the members, by name. */
export async function rolesOf(device: Device, conversation: string): Promise<Record<string, string>> {
  const { members } = await asked(device, 'member.list', { conversation }, 'member.listed');
  return Object.fromEntries(members.map(({ person, role }) => [person.name, role]));
}
