import { isCase } from '../core/support-case.ts';
import type { Place } from './address.ts';
import type { Asking } from './command-step.ts';
import { linesOf } from './desk/desk-words.ts';
import { atFriend } from './own-at-friend.ts';
import { atGroup, atPerson } from './own-at-people.ts';
import type { OwnCommand } from './own-command.ts';

/** The word that leads a command which everybody may type. */
export const ownWord = 'commands';

/** The commands that a place has for everybody, by their nodes; a case has none but those of colleagues. */
export function ownCommandsAt(place: Place | undefined): Readonly<Record<string, OwnCommand>> {
  if (place?.is === 'friend') return atFriend;
  if (place?.is === 'user') return atPerson;
  return place !== undefined && !isCase(place.conversation) ? atGroup : {};
}

/** The same, one of them. */
export function ownCommand(place: Place | undefined, node: string): OwnCommand | undefined {
  const commands = ownCommandsAt(place);
  return Object.hasOwn(commands, node) ? commands[node] : undefined;
}

/** Does what was typed behind `/commands`, and says what came of it. */
export async function runsTyped(rest: string, asking: Asking): Promise<string> {
  const [, node = '', value = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
  const command = ownCommand(asking.place, node.toLowerCase());
  if (command === undefined) return help(asking.place);
  const step = await command.begin(asking);
  if (step.is === 'done') return step.words;
  const { title, fields } = step.form;
  const [{ var: name = '', label = '', options } = {}] = fields;
  const listed = options?.map((option, index) => `${index + 1}. ${option.label}`) ?? [label];
  const how = `Type /${ownWord} ${node} and ${options === undefined ? 'that' : 'the number'}.`;
  const question = linesOf([`${title}:`, ...listed, how]);
  if (value === '') return question;
  const chosen =
    options === undefined ? value : (options[Number(value) - 1] ?? options.find((one) => one.label === value))?.value;
  const end = chosen === undefined ? undefined : await command.complete?.(asking, { [name]: chosen });
  return end?.is === 'done' ? end.words : question;
}

function help(place: Place | undefined): string {
  const lines = Object.entries(ownCommandsAt(place)).map(([node, { name }]) => `/${ownWord} ${node} – ${name}`);
  return linesOf([...lines, `Everything else is sent as it is; //${ownWord} sends that word.`]);
}
