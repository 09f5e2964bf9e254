import { emptyView, type View } from '../../widget/embed/staged.ts';

/** When every state takes place; milliseconds since 1970. */
export const now = Date.UTC(2026, 10, 20, 14, 30);
const minute = 60_000;

export type Person = View['people'][string];
export type Conversation = View['conversations'][string];
export type Item = Conversation['items'][number];
type Message = Extract<Item, { kind: 'message' }>;

/** One state of the widget, and how it comes about. */
export interface State {
  /** Says in a few words what is seen; also the name of its pictures. */
  readonly name: string;
  readonly view: View;
  /** What has to be there before it is looked at: a selector. */
  readonly until?: string;
  /** What a person does in it before it is looked at. */
  readonly does?: (root: ShadowRoot) => void | Promise<void>;
  /** As `until`, after that. */
  readonly after?: string;
}

export const me: Person = { id: 'me', name: 'Guest', kind: 'visitor', verified: false };
export const ann: Person = { id: 'ann', name: 'Ann Keller', kind: 'colleague', verified: true };
export const bea: Person = { id: 'bea', name: 'Bea Lindqvist', kind: 'user', verified: true };
export const carl: Person = { id: 'carl', name: 'Carl Maria von Weber', kind: 'user', verified: false };
export const dora: Person = { id: 'dora', name: 'دورا الحسن', kind: 'user', verified: true };
export const desk: Person = { id: 'desk', name: 'Tide', kind: 'bot', verified: true };

/** A message so many minutes ago. */
export function said(seq: number, by: Person, text: string, ago: number, more: Partial<Message> = {}): Item {
  return {
    kind: 'message',
    seq,
    at: now - ago * minute,
    by: by.id,
    text,
    ...(by === me ? { re: `a${seq}` } : {}),
    ...more,
  };
}

/** A few messages to and fro, as they stand in most states. */
export const talk: readonly Item[] = [
  said(1, me, 'Do the tide cups go into the dishwasher?', 34),
  said(2, ann, 'They do. The glaze is fired at 1,260 °C.', 31),
  said(3, ann, 'Only the ones with gold at the rim are better washed by hand.', 31),
  said(4, me, 'Good to know, thank you', 12),
];

/** A conversation with what a state cares about; support, where it says nothing else. */
export function conversation(items: readonly Item[], more: Partial<Conversation> = {}): Conversation {
  const last = items.at(-1)?.seq ?? 0;
  return {
    id: 'c_1',
    kind: 'support',
    last,
    read: last,
    unread: 0,
    at: now - minute,
    member: true,
    people: [me, ann],
    from: items[0]?.seq ?? 0,
    to: last,
    more: false,
    ready: true,
    fetching: false,
    typing: [],
    got: {},
    items,
    ...more,
  };
}

/** An open panel on one conversation. */
export function on(held: Conversation, more: Partial<View> = {}): View {
  const people = [me, ann, bea, carl, dora, desk];
  return {
    ...emptyView,
    open: true,
    link: { state: 'online', before: true },
    me,
    people: Object.fromEntries(people.map((person) => [person.id, person])),
    conversations: { [held.id]: held },
    refs: { support: held.id },
    screen: { at: 'conversation', ref: 'support' },
    support: { available: true },
    relatedListed: true,
    ...more,
  };
}

/** A group of four on the screen. */
export function inGroup(items: readonly Item[], more: Partial<Conversation> = {}, view: Partial<View> = {}): View {
  const group = conversation(items, { kind: 'group', name: 'Kiln evening', people: [me, ann, bea, carl], ...more });
  return on(group, { screen: { at: 'conversation', ref: 'c_1' }, ...view });
}
