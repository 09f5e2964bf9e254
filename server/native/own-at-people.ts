import type { Facts, Membership } from '../../protocol/facts.ts';
import { oneLine } from '../core/one-line.ts';
import type { Place } from './address.ts';
import type { Asking } from './command-step.ts';
import { linesOf } from './desk/desk-words.ts';
import { asked, asksFor, asksWhich, done, type Option, type OwnCommand, wished } from './own-command.ts';

/** For how long a group is muted, milliseconds. */
const muted = 365 * 86_400_000;

const quiet = 'The widget is quiet about it from now on. What your own client does, you set there.';

/** What everybody may do at the address of a person. */
export const atPerson: Readonly<Record<string, OwnCommand>> = {
  ask: of('Ask to be contacts', 'relation.ask', { kind: 'contact' }, 'It was asked for.'),
  agree: of('Agree to what this person asks for', 'relation.accept', {}, 'You agreed.'),
  refuse: of('Turn down what this person asks for', 'relation.decline', {}, 'You turned it down.'),
  part: of('Be contacts no more', 'relation.end', { slot: 'closeness' }, 'You are no contacts any more.'),
  block: of('Block this person', 'relation.set', { kind: 'blocked' }, 'Blocked. To this person you are never there.'),
  unblock: of('Block this person no more', 'relation.end', { slot: 'limit' }, 'Not blocked any more.'),
  mute: of('Mute this person', 'relation.set', { kind: 'muted' }, quiet),
  unmute: of('Mute this person no more', 'relation.end', { slot: 'notice' }, 'Not muted any more.'),
  report: {
    name: 'Report this person to the site',
    begin: () => Promise.resolve(asksFor('Report this person', { var: 'reason', label: 'Why', type: 'text-single' })),
    complete: async (asking, { reason = '' }) =>
      reason.trim() === ''
        ? undefined
        : wished(asking, 'user.report', { user: userAt(asking.place), reason }, 'The site was told.'),
  },
};

/** What everybody may do at the address of a group, as far as his role goes. */
export const atGroup: Readonly<Record<string, OwnCommand>> = {
  members: {
    name: 'Who is in this group',
    async begin(asking) {
      const list = await asked<Facts['member.listed']>(asking, 'member.list', group(asking), 'member.listed');
      if ('refused' in list) return list.refused;
      const { members, next } = list.body;
      const lines = members.map(({ person, role }) => `${oneLine(person.name)} (${role})`);
      return done(linesOf([...lines, next === undefined ? undefined : 'There are more.']));
    },
  },
  mute: {
    name: 'Mute this group',
    begin: (asking) =>
      wished(asking, 'conversation.prefer', { ...group(asking), mutedUntil: asking.now + muted }, quiet),
  },
  unmute: {
    name: 'Mute this group no more',
    begin: (asking) =>
      wished(asking, 'conversation.prefer', { ...group(asking), mutedUntil: 0 }, 'Not muted any more.'),
  },
  leave: {
    name: 'Leave this group',
    begin: (asking) => wished(asking, 'conversation.leave', group(asking), 'You have left.'),
  },
  ban: {
    name: 'Remove somebody for good',
    begin: (asking) => whichMember(asking, 'Remove for good', {}, 'Nobody else is in this group.'),
    complete: async (asking, { user = '' }) =>
      user === '' ? undefined : wished(asking, 'member.remove', { ...group(asking), user, ban: true }, 'Removed.'),
  },
  banned: {
    name: 'Who was removed for good',
    begin: (asking) => whichMember(asking, 'Let in again', { banned: true }, 'Nobody was removed for good.'),
    complete: async (asking, { user = '' }) =>
      user === '' ? undefined : wished(asking, 'member.unban', { ...group(asking), user }, 'May come in again.'),
  },
};

function of(name: string, type: string, body: object, words: string): OwnCommand {
  return { name, begin: (asking) => wished(asking, type, { user: userAt(asking.place), ...body }, words) };
}

async function whichMember(asking: Asking, title: string, more: object, none: string) {
  const body = { ...group(asking), ...more };
  const list = await asked<Facts['member.listed']>(asking, 'member.list', body, 'member.listed');
  if ('refused' in list) return list.refused;
  const others = list.body.members.filter(({ person }) => person.id !== asking.me);
  return asksWhich(title, 'user', others.map(optionOf), none);
}

function optionOf({ person }: Membership): Option {
  return { label: oneLine(person.name), value: person.id };
}

function userAt(place: Place | undefined): string {
  return place?.is === 'user' ? place.user : '';
}

function group({ conversation }: Asking): { readonly conversation: string } {
  return { conversation };
}
