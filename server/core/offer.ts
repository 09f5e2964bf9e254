import { type Choice, type Custom, Extras, type Form } from '../../protocol/extras.ts';
import { toJson } from '../../protocol/frame.ts';
import { limits, utf8Length } from '../../protocol/limits.ts';
import { FriendError } from './errors.ts';

/** How much one message may offer. */
const most = { choices: 20, cards: 10, fields: 30, id: 64, label: 280 } as const;

/** A shape, as far as what it knows can be looked at. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node | { readonly wrapped: Node }>>;
  readonly item?: Node;
}

/**
 * Looks at what a message has beside its words before it is stored: a widget leaves out what it cannot read, so nobody
 * would see what is wrong with it.
 *
 * @throws FriendError `FRIEND_OFFER`, with the place
 */
export function checkOffer(body: unknown): void {
  const { extras, text } = body as { readonly extras?: unknown; readonly text?: string };
  if (extras === undefined) return;
  const read = Extras.read(extras);
  if (read === undefined) throw wrong('extras have a value of the wrong type');
  const unknown = strange(extras, Extras, 'extras');
  if (unknown !== undefined) throw wrong(`${unknown} does not exist`);
  const { replies = [], buttons = [], cards = [], form, custom } = read;
  if (cards.length > most.cards) throw wrong(`at most ${most.cards} cards`);
  checkChoices('replies', replies);
  if (replies.some(({ href }) => href !== undefined)) throw wrong('a reply leads nowhere, use buttons');
  checkChoices('buttons', [...buttons, ...cards.flatMap((card) => card.buttons ?? [])]);
  for (const { title, image } of cards) {
    if (title.trim() === '') throw wrong('a card without title');
    if (image !== undefined && !image.startsWith('https://')) throw wrong(`the image ${image}`);
  }
  const answers = [...replies, ...buttons, ...cards.flatMap((card) => card.buttons ?? [])];
  unique('choices', answers);
  if (form !== undefined) checkForm(form);
  if (custom !== undefined) checkCustom(custom, text);
}

/** Who has no page of the team's before him sees the words alone. */
function checkCustom(custom: Custom, text = ''): void {
  if (!/^[a-z][\w-]*([.][\w-]+)+$/.test(custom.type) || custom.type.length > most.id)
    throw wrong(`a custom type is like order.card, of 3 to ${most.id} characters`);
  if (text.trim() === '') throw wrong(`${custom.type} without a text for those who see no more`);
  if (utf8Length(toJson(custom)) > limits.custom) throw wrong(`${custom.type} is longer than ${limits.custom} bytes`);
}

function checkForm({ fields }: Form): void {
  if (fields.length === 0 || fields.length > most.fields) throw wrong(`a form has 1 to ${most.fields} fields`);
  unique('fields', fields);
  for (const { id, label, kind, options, min = -Infinity, max = Infinity } of fields) {
    checkNamed('field', { id, label });
    if ((kind === 'choice') !== (options !== undefined)) throw wrong(`options of the field ${id}: for kind choice`);
    checkChoices(`options of ${id}`, options ?? []);
    unique(`options of ${id}`, options ?? []);
    if (kind === 'choice' && options?.length === 0) throw wrong(`the field ${id} has no options`);
    if (min > max) throw wrong(`min is more than max in the field ${id}`);
  }
}

function checkChoices(where: string, choices: readonly Choice[]): void {
  if (choices.length > most.choices) throw wrong(`at most ${most.choices} ${where}`);
  for (const { href, ...named } of choices) {
    checkNamed(where, named);
    if (href !== undefined && !/^https?:\/\//.test(href)) throw wrong(`the address ${href}: http and https alone`);
  }
}

function checkNamed(where: string, { id, label }: { readonly id: string; readonly label: string }): void {
  if (id === '' || id.length > most.id) throw wrong(`an id in ${where} has 1 to ${most.id} characters`);
  if (label.trim() === '' || label.length > most.label)
    throw wrong(`a label in ${where} has 1 to ${most.label} characters`);
}

function unique(where: string, named: readonly { readonly id: string }[]): void {
  const twice = named.find(({ id }, index) => named.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) throw wrong(`two ${where} have the id ${twice.id}`);
}

/** The path of the first key that its shape does not have. */
function strange(value: unknown, { entries, item }: Node, path: string): string | undefined {
  if (item !== undefined) return first(value as unknown[], (one, at) => strange(one, item, `${path}[${at}]`));
  if (entries === undefined) return undefined;
  return first(Object.entries(value as object), ([key, one]) => {
    const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (entry === undefined) return `${path}.${key}`;
    return strange(one, 'wrapped' in entry ? entry.wrapped : entry, `${path}.${key}`);
  });
}

function first<T, R>(values: readonly T[], look: (value: T, at: number) => R | undefined): R | undefined {
  for (const [at, value] of values.entries()) {
    const found = look(value, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wrong(detail: string): FriendError {
  return new FriendError('FRIEND_OFFER', detail);
}
