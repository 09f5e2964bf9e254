import type { AnyFact, Facts, Related } from '../../protocol/facts.ts';
import type { Conversation, View } from './view.ts';

/** What stands between this user and some people from now on; nothing, where it is empty. */
export function withRelated(view: View, people: readonly Related[]): View {
  const related = { ...view.related };
  for (const one of people) {
    if (one.relations.length > 0) related[one.person.id] = one;
    else delete related[one.person.id];
  }
  return { ...view, related };
}

/** An invitation came, or is over. */
export function withInvite(view: View, { conversation, invite }: Facts['invite.changed']): View {
  const others = view.invites.filter((one) => one.conversation !== conversation);
  return { ...view, invites: invite === undefined ? others : [invite, ...others] };
}

/** A page of members, behind those that are held; who was banned stands among them, in that role. */
export function withMembers(view: View, { conversation, members, next, banned }: Facts['member.listed']): View {
  const paged = new Set(members.map(({ person }) => person.id));
  const before = view.members[conversation];
  const held = (before?.list ?? []).filter(({ person }) => !paged.has(person.id));
  const more = banned ? before?.next : next;
  const known = { list: [...held, ...members], ...(more === undefined ? {} : { next: more }) };
  return { ...view, members: { ...view.members, [conversation]: known } };
}

/** Somebody came or went. */
export type Entry = Extract<AnyFact, { type: 'member.joined' | 'member.left' }>;

/** Puts that into the members, where they are held. */
export function withEntry(view: View, { log = '', type, body }: Entry): View {
  const members = view.members[log];
  if (!members) return view;
  const others = members.list.filter(({ person }) => person.id !== body.person.id);
  const list = type === 'member.left' ? others : [...others, body];
  return { ...view, members: { ...view.members, [log]: { ...members, list } } };
}

/** Somebody's role is another one. */
export function withMember(view: View, fact: { log?: string; body: Facts['member.changed'] }): View {
  const id = fact.log ?? '';
  const { person, role } = fact.body;
  const held = view.conversations[id];
  const own = held !== undefined && person.id === view.me?.id;
  const conversations = own ? { ...view.conversations, [id]: { ...held, role } } : view.conversations;
  const members = view.members[id];
  if (!members) return { ...view, conversations };
  const list = members.list.map((one) => (one.person.id === person.id ? { ...one, role } : one));
  return { ...view, conversations, members: { ...view.members, [id]: { ...members, list } } };
}

/** A conversation with what this user has set for himself, where it is held. */
export function preferred(
  view: View,
  { conversation, ...prefs }: Facts['conversation.preferred'],
): Conversation | undefined {
  const held = view.conversations[conversation];
  if (!held) return undefined;
  const { mutedUntil: _muted, archived: _archived, pinned: _pinned, ...rest } = held;
  return { ...rest, ...prefs };
}
