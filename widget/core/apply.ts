import type { AnyFact, Facts, Head, Mark, Person } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import { altered, itemOf } from './items.ts';
import { type Entry, preferred, withEntry, withInvite, withMember, withMembers, withRelated } from './people.ts';
import { withPresence } from './presence.ts';
import type { Conversation, View } from './view.ts';

/** Facts of a log that put an item into it or alter one. */
type Held =
  | 'conversation.created'
  | 'member.joined'
  | 'message.sent'
  | 'profile.changed'
  | 'message.edited'
  | 'message.deleted'
  | 'message.reacted'
  | 'message.answered'
  | 'conversation.changed'
  | 'member.left'
  | 'user.reported';

/** Facts that change nothing here: they have no place in a log. */
type Passing =
  | 'page.wanted'
  | 'user.identified'
  | 'log.moved'
  | 'message.found'
  | 'file.granted'
  | 'file.linked'
  | 'ack'
  | 'error'
  | 'friend.hello';

/**
 * The view after one fact. Pure: the same facts in the same order draw the same screen, whether they came live, in a
 * page or in another tab. A stored fact must continue what is held (`continues`), or it changes nothing.
 */
export function apply(view: View, fact: AnyFact): View {
  switch (fact.type) {
    case 'connection.opened':
      return { ...withPeople(view, [fact.body.user]), me: fact.body.user };
    case 'member.changed':
      return withMember(stored(view, fact), fact);
    case 'conversation.preferred': {
      const held = preferred(view, fact.body);
      return held ? withConversation(view, held) : view;
    }
    case 'relation.changed':
    case 'user.shown':
      return withRelated(withPeople(view, [fact.body.person]), [fact.body]);
    case 'relation.listed':
      return withRelated(
        withPeople(
          view,
          fact.body.people.map(({ person }) => person),
        ),
        fact.body.people,
      );
    case 'invite.changed':
      return withInvite(view, fact.body);
    case 'invite.listed':
      return { ...view, invites: fact.body.invites };
    case 'member.listed':
      return withMembers(
        withPeople(
          view,
          fact.body.members.map(({ person }) => person),
        ),
        fact.body,
      );
    case 'device.listed':
      return { ...view, devices: fact.body.devices };
    case 'link.made':
      return { ...view, inviteLink: fact.body };
    case 'conversation.opened':
      return opened(view, fact.body);
    case 'conversation.listed':
      return { ...fact.body.conversations.reduce(headed, view), listed: true };
    case 'log.paged':
      return withPeople(view, fact.body.people);
    case 'typing.changed':
      return typing(view, fact.body);
    case 'marker.moved':
      return marked(view, fact.body);
    case 'marker.counted':
      return counted(view, fact.body);
    case 'presence.listed':
      return withPresence(view, fact.body.people);
    case 'presence.changed':
      return withPresence(view, [fact.body]);
    case 'support.changed':
      return { ...view, support: fact.body };
    case 'visitor.told':
      return { ...view, visitors: { ...view.visitors, [fact.body.user]: fact.body } };
    default:
      return stored(view, fact satisfies { readonly type: Held | Passing });
  }
}

/** Whether a stored fact is the next one that this reader may see, is known already, or leaves a gap. */
export function continues(view: View, log: string, seq: number, prev: number): 'next' | 'known' | 'gap' {
  const to = view.conversations[log]?.to ?? 0;
  if (seq <= to) return 'known';
  return prev <= to ? 'next' : 'gap';
}

/** Items that are held of a conversation nobody looks at; the others are fetched again. */
const kept = 200;

/** Replaces one conversation; its place in the list follows its last use, behind those that are pinned. Nothing unbounded is held of what is not shown. */
export function withConversation(view: View, changed: Conversation): View {
  const { open, screen, refs } = view;
  const shown = screen.at === 'conversation' && (refs[screen.ref] ?? screen.ref) === changed.id;
  const conversation = shown && open ? changed : withNewest(changed);
  const conversations = { ...view.conversations, [conversation.id]: conversation };
  const list = Object.values(conversations)
    .filter((other) => other.at > 0)
    .sort(
      (one, other) =>
        Number(other.pinned ?? 0) - Number(one.pinned ?? 0) || other.at - one.at || (one.id < other.id ? -1 : 1),
    )
    .map((other) => other.id);
  const unread = Object.values(conversations).reduce((sum, other) => sum + other.unread, 0);
  return { ...view, conversations, list, unread };
}

/** The conversation with its newest items only. The others are fetched again. */
export function withNewest(held: Conversation): Conversation {
  if (held.items.length <= kept) return held;
  const items = held.items.slice(-kept);
  return { ...held, items, from: (items[0]?.seq ?? 1) - 1, more: true, fetching: false };
}

/** Older facts that came with a page: items in front of those held. */
export function withOlder(view: View, log: string, after: number, more: boolean, facts: readonly AnyFact[]): View {
  const held = view.conversations[log];
  if (!held) return view;
  const older = facts.filter((fact) => (fact.seq ?? 0) <= held.from).flatMap(itemOf);
  return withConversation(view, { ...held, items: [...older, ...held.items], from: after, more, fetching: false });
}

/** All that the reader may see up to `to` is held, also where the last facts before it are hidden from him. */
export function heldUpTo(view: View, log: string, to: number): View {
  const held = view.conversations[log];
  return held === undefined || held.to >= to ? view : withConversation(view, { ...held, to });
}

function withPeople(view: View, people: readonly Person[]): View {
  if (people.length === 0) return view;
  const known = { ...view.people };
  for (const person of people) known[person.id] = person;
  return { ...view, people: known };
}

function emptyConversation({ marks, ...head }: Head): Conversation {
  const { last } = head;
  return {
    ...head,
    items: [],
    from: last,
    to: last,
    more: last > 0,
    ready: false,
    fetching: false,
    typing: [],
    got: gotOf({}, marks),
  };
}

function headed(view: View, head: Head): View {
  const held = view.conversations[head.id];
  const { read = 0, unread = 0 } = held ?? {};
  const conversation = held?.ready
    ? { ...withHead(held, head), unread, read: Math.max(read, head.read) }
    : emptyConversation(head);
  return withPeople(withConversation(view, conversation), head.people);
}

function opened(view: View, { conversation: head, page, people }: Facts['conversation.opened']): View {
  const held = view.conversations[head.id];
  const base = held?.ready && !page.snapshot ? held : { ...emptyConversation(head), from: page.after, to: page.after };
  const more = base === held ? held.more : page.more;
  const next: Conversation = { ...withHead(base, head), to: base.to, more, ready: true, fetching: false };
  const drawn = withConversation(view, seenUpTo(next, held?.read ?? 0));
  return withPeople(withPeople(drawn, head.people), people);
}

function stored(view: View, fact: AnyFact): View {
  const { log, seq } = fact;
  if (fact.type === 'profile.changed') return profile(view, fact.body.person);
  const held = log === undefined ? undefined : view.conversations[log];
  if (!held || seq === undefined || seq <= held.to) return view;
  const items = held.ready ? [...held.items, ...itemOf(fact)] : held.items;
  const moved = { ...held, items, to: seq, last: Math.max(held.last, seq), at: Math.max(held.at, fact.at) };
  const from = held.ready ? held.from : seq;
  const entry = fact.type === 'member.joined' || fact.type === 'member.left' ? fact : undefined;
  return withConversation(entry ? withEntry(withPeople(view, [entry.body.person]), entry) : view, {
    ...altered({ ...moved, from }, fact),
    ...(entry && seq > held.last ? withFace(held, entry, view) : {}),
    ...noticed(held, fact, view),
  });
}

function noticed(held: Conversation, fact: AnyFact, view: View): Partial<Conversation> {
  if (fact.type !== 'message.sent') return {};
  const by = fact.by ?? '';
  const { text, extras } = fact.body;
  const line = { by, text: text.slice(0, 140), extras };
  const typing = held.typing.filter((user) => user !== by);
  if (by === view.me?.id) return { line, typing, unread: 0, read: Math.max(held.read, fact.seq ?? 0) };
  const isNew = (fact.seq ?? 0) > Math.max(held.last, held.read);
  return { line, typing, unread: isNew ? Math.min(limits.unread, held.unread + 1) : held.unread };
}

function withFace(held: Conversation, fact: Entry, view: View): Partial<Conversation> {
  const { members } = held;
  const { person } = fact.body;
  const isMember = fact.type === 'member.joined';
  if (!isMember && fact.body.ban === false) return {};
  const counted = members === undefined ? {} : { members: members + (isMember ? 1 : -1) };
  if (person.id === view.me?.id) return { member: isMember, ...counted };
  const others = held.people.filter((other) => other.id !== person.id);
  return { people: isMember ? [...others, person].slice(-8) : others, ...counted };
}

function profile(view: View, person: Person): View {
  const known = withPeople(view, [person]);
  return person.id === view.me?.id ? { ...known, me: person } : known;
}

function typing(view: View, { conversation, user, on }: Facts['typing.changed']): View {
  const held = view.conversations[conversation];
  if (!held || user === view.me?.id || held.typing.includes(user) === on) return view;
  const others = held.typing.filter((other) => other !== user);
  return withConversation(view, { ...held, typing: on ? [...others, user] : others });
}

function marked(view: View, { conversation, user, read = 0, delivered = 0 }: Facts['marker.moved']): View {
  const held = view.conversations[conversation];
  if (!held) return view;
  if (user === view.me?.id) return withConversation(view, seenUpTo(held, read));
  return withConversation(view, { ...held, got: gotOf(held.got, [{ user, read, delivered }]) });
}

function counted(view: View, { conversation, counts }: Facts['marker.counted']): View {
  const held = view.conversations[conversation];
  if (!held) return view;
  const told = Object.fromEntries(counts.map(({ seq, delivered, read }) => [seq, { delivered, read }]));
  return withConversation(view, { ...held, counts: { ...held.counts, ...told } });
}

/** Marks only rise, in whatever order they come. */
function gotOf(got: Conversation['got'], marks: readonly Mark[]): Conversation['got'] {
  const risen = { ...got };
  for (const { user, read, delivered } of marks) {
    const before = risen[user] ?? { read: 0, delivered: 0 };
    risen[user] = { read: Math.max(before.read, read), delivered: Math.max(before.delivered, delivered, read) };
  }
  return risen;
}

function withHead(held: Conversation, { marks, ...head }: Head): Conversation {
  return { ...held, ...head, got: gotOf(held.got, marks) };
}

/** The conversation after its reader has seen all up to `seq`. */
export function seenUpTo(held: Conversation, seq: number): Conversation {
  if (seq < held.read) return held;
  return { ...held, read: seq, unread: seq >= held.last ? 0 : held.unread };
}
