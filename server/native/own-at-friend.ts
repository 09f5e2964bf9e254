import type { Facts, Head } from '../../protocol/facts.ts';
import { limits } from '../../protocol/limits.ts';
import { oneLine } from '../core/one-line.ts';
import { jidAt } from './address.ts';
import type { Asking } from './command-step.ts';
import { linesOf } from './desk/desk-words.ts';
import { asked, asksFor, asksWhich, done, type Option, type OwnCommand, wished } from './own-command.ts';

/** What is said where nobody has invited the account. */
const noInvitation = 'Nobody has invited you.';

/** What everybody may do at the friend's own address. */
export const atFriend: Readonly<Record<string, OwnCommand>> = {
  conversations: {
    name: 'My conversations, and their addresses',
    async begin(asking) {
      const list = await asked<Facts['conversation.listed']>(
        asking,
        'conversation.list',
        { limit: limits.page },
        'conversation.listed',
      );
      if ('refused' in list) return list.refused;
      const { conversations, next } = list.body;
      const lines = conversations.map((head) => lineOf(head, asking.friend));
      if (lines.length === 0) return done('You have no conversation yet.');
      return done(linesOf([...lines, next === undefined ? undefined : 'There are more.']));
    },
  },
  join: {
    name: 'Join a group',
    begin: () => {
      const label = 'Address of a group, link that invites to it, or room:NAME';
      return Promise.resolve(asksFor('Join a group', { var: 'where', label, type: 'text-single' }));
    },
    async complete(asking, { where = '' }) {
      const [, conversation, token] =
        /(?:^(?:xmpp:)?|befriend-join=)(c_[0-9a-z_-]{1,100})(?:[.@]([\w.-]+))?$/.exec(where.trim()) ?? [];
      const isLink = where.includes('befriend-join=') || /^[\w-]{43}$/.test(token ?? '');
      if (conversation !== undefined) return joined(asking, conversation, isLink ? token : undefined);
      if (!/^room:/.test(where.trim())) return undefined;
      const found = await asked<Facts['conversation.opened']>(
        asking,
        'conversation.open',
        { conversation: where.trim() },
        'conversation.opened',
      );
      if ('refused' in found) return found.refused;
      const { id, last } = found.body.conversation;
      // A room comes into being with its first message.
      return last === 0 ? done(writeTo(id, asking.friend)) : joined(asking, id);
    },
  },
  accept: {
    name: 'Accept an invitation',
    begin: async (asking) => whichInvitation(asking, 'Accept an invitation'),
    complete: async (asking, { group = '' }) => (group === '' ? undefined : joined(asking, group)),
  },
  decline: {
    name: 'Turn an invitation down',
    begin: async (asking) => whichInvitation(asking, 'Turn an invitation down'),
    complete: async (asking, { group = '' }) =>
      group === '' ? undefined : wished(asking, 'conversation.decline', { conversation: group }, 'You turned it down.'),
  },
  blocked: {
    name: 'Whom I have blocked or keep at a distance',
    begin: async (asking) => {
      const list = await asked<Facts['relation.listed']>(asking, 'relation.list', {}, 'relation.listed');
      if ('refused' in list) return list.refused;
      const options = list.body.people.flatMap(({ person, relations }): Option[] => {
        const limit = relations.find(({ own, slot }) => own && slot === 'limit');
        return limit === undefined ? [] : [{ label: `${oneLine(person.name)} (${limit.kind})`, value: person.id }];
      });
      return asksWhich('End it for', 'user', options, 'You have blocked nobody, and keep nobody at a distance.');
    },
    complete: async (asking, { user = '' }) =>
      user === '' ? undefined : wished(asking, 'relation.end', { user, slot: 'limit' }, 'It is ended.'),
  },
};

async function whichInvitation(asking: Asking, title: string) {
  const list = await asked<Facts['invite.listed']>(asking, 'invite.list', {}, 'invite.listed');
  if ('refused' in list) return list.refused;
  const options = list.body.invites.map(({ conversation, name, by }) => ({
    label: `${oneLine(name ?? conversation)}, by ${oneLine(by.name)}`,
    value: conversation,
  }));
  return asksWhich(title, 'group', options, noInvitation);
}

function joined(asking: Asking, conversation: string, token?: string) {
  const body = { conversation, ...(token === undefined ? {} : { token }) };
  return wished(asking, 'conversation.join', body, writeTo(conversation, asking.friend));
}

function writeTo(conversation: string, friend: string): string {
  return `You are in. Write to xmpp:${jidAt(friend, conversation)}`;
}

function lineOf({ id, kind, name, people, unread }: Head, friend: string): string {
  const others = people.map((person) => oneLine(person.name)).join(', ');
  const [called, address] =
    kind === 'support'
      ? ['Support', friend]
      : kind === 'direct'
        ? [others, jidAt(friend, people[0]?.id ?? '')]
        : [oneLine(name ?? others), jidAt(friend, id)];
  return `${called}: xmpp:${address}${unread === 0 ? '' : ` – ${unread} unread`}`;
}
