import type { Person } from '../../protocol/facts.ts';
import { type Effect, refuse, send } from '../core/effect.ts';
import { picturePath, pictures, pictureType } from '../core/picture.ts';
import type { Plugin } from '../core/plugin.ts';
import type { StanzaTree } from '../core/ports.ts';
import type { Effects, OpenContext } from '../core/rule.ts';
import { askerOf, isCase, visitorOf } from '../core/support-case.ts';
import { placeOf } from './address.ts';
import { adHoc, type ListedCommand, listedAt } from './desk/ad-hoc-nodes.ts';
import { looking } from './looking.ts';
import { element, elementsOf, ns } from './tree.ts';

/** Somebody, or something, that has an address here. */
interface Shown {
  readonly name: string;
  readonly person?: Person;
}

export interface PuppetsOptions {
  /** The friend's address. */
  readonly address: string;
  /** What it is called. */
  readonly name: string;
}

type StanzaContext = OpenContext<StanzaTree>;

const discoInfo = 'http://jabber.org/protocol/disco#info';
const discoItems = 'http://jabber.org/protocol/disco#items';
const ping = 'urn:xmpp:ping';

/** What every address here understands. */
const common = [discoInfo, ping, 'vcard-temp', 'urn:ietf:params:xml:ns:vcard-4.0'];

/** What an address that one can write to understands besides (XEP-0085, 0184, 0308, 0333, 0444, 0461). */
const chatting = [ns.states, ns.receipts, ns.correct, ns.markers, ns.reactions, ns.reply, 'jabber:iq:last'];

/** What the friend itself understands: frames, too. */
const frames = ['urn:xmpp:json-msg:0', 'urn:xmpp:json:0', 'urn:befriend:event:1', 'urn:befriend:event:1+xml'];

/**
 * Who the friend and its puppets are, for clients that ask: ping, discovery, cards and last activity. Only who is known
 * to the friend is answered about others, and of one whom nobody has, as of one who may not be known: `item-not-found`.
 */
export function puppets({ address, name }: PuppetsOptions): Plugin {
  return {
    name: 'puppets',
    needs: ['conversations', 'presence'],
    install(host) {
      const conversations = host.service('conversations');
      const presence = host.service('presence');

      async function shown({ action, read, user, now }: StanzaContext): Promise<Shown | undefined> {
        const place = placeOf(action.body.attrs.to ?? address, address);
        if (place?.is === 'friend') return { name };
        if (place === undefined || user === undefined) return undefined;
        const shownAs = async (id: string): Promise<Shown | undefined> => {
          const [person] = await conversations.people(read, [id]);
          return person && { name: person.name, person };
        };
        if (place.is === 'user') return shownAs(place.user);
        const access = await conversations.access(read, user, place.conversation, now);
        if (access?.exists !== true) return undefined;
        if (access.row.name !== undefined) return { name: access.row.name };
        const asker = isCase(access.id) ? await askerOf(read, visitorOf(access.id)) : undefined;
        // To everybody else a case is who asks there.
        if (asker !== undefined && asker.id !== user.id) return shownAs(asker.id);
        const members = await read.members(access.id, 9);
        const people = await conversations.people(
          read,
          members.map((member) => member.user),
        );
        const other = people.find(({ id, kind }) => id !== user.id && kind !== 'colleague');
        return { name: other?.name ?? access.id };
      }

      /** The commands that the address has for who asks. */
      const commandsFor = ({ attrs }: StanzaTree, user: StanzaContext['user']): readonly ListedCommand[] =>
        user === undefined || user.kind === 'visitor'
          ? []
          : listedAt(placeOf(attrs.to ?? address, address), user.kind === 'colleague');

      const answering =
        (result: (shown: Shown, context: StanzaContext) => Effect | Promise<Effect>) =>
        async (context: StanzaContext): Promise<Effects> => {
          const found = await shown(context);
          return found === undefined ? [refuse('not_found')] : [await result(found, context)];
        };

      looking(host);

      host.on(
        'stanza.ping',
        answering(() => send('iq', { type: 'result' })),
      );

      host.on(
        'stanza.disco.info',
        answering(({ name: called }, { action, user }) => {
          const commands = commandsFor(action.body, user);
          const node = nodeOf(action.body);
          if (node !== '') return infoOf(node, commands);
          const isFriend = placeOf(action.body.attrs.to ?? address, address)?.is === 'friend';
          const kind = !isFriend
            ? { category: 'account', type: 'registered' }
            : address.includes('/')
              ? { category: 'client', type: 'bot' }
              : { category: 'component', type: 'generic' };
          const features = [
            ...common,
            ...chatting,
            ...(isFriend ? frames : []),
            ...(commands.length > 0 ? [adHoc] : []),
          ];
          const identity = element('identity', { xmlns: discoInfo, ...kind, name: called });
          return result('query', discoInfo, [
            identity,
            ...features.map((feature) => element('feature', { xmlns: discoInfo, var: feature })),
          ]);
        }),
      );

      host.on(
        'stanza.disco.items',
        answering((_, { action, user }) => {
          const node = nodeOf(action.body);
          if (node !== '' && node !== adHoc) return refuse('not_found');
          const jid = action.body.attrs.to ?? address;
          const items = (node === adHoc ? commandsFor(action.body, user) : []).map((one) =>
            element('item', { xmlns: discoItems, jid, ...one }),
          );
          return result('query', discoItems, items, node === '' ? {} : { node });
        }),
      );

      // Those that somebody has never come here.
      host.on('stanza.command', () => [refuse('not_found')]);

      host.on(
        'stanza.vcard',
        answering(async ({ name: called, person }, { read }) => {
          const xmlns = 'vcard-temp';
          const field = (key: string, ...children: StanzaTree['children']) => element(key, { xmlns }, ...children);
          const photo = await photoOf(person, (key) => read.state(pictures.plugin, pictures.scope, key));
          const picture =
            photo === undefined
              ? []
              : 'url' in photo
                ? [field('PHOTO', field('EXTVAL', photo.url))]
                : [field('PHOTO', field('TYPE', photo.type), field('BINVAL', photo.base64))];
          return result('vCard', xmlns, [field('FN', called), field('NICKNAME', called), ...picture]);
        }),
      );

      host.on(
        'stanza.vcard4',
        answering(async ({ name: called, person }, { read }) => {
          const xmlns = 'urn:ietf:params:xml:ns:vcard-4.0';
          const text = (key: string, kind: string, value: string) =>
            element(key, { xmlns }, element(kind, { xmlns }, value));
          const photo = await photoOf(person, (key) => read.state(pictures.plugin, pictures.scope, key));
          const uri = photo && ('url' in photo ? photo.url : `data:${photo.type};base64,${photo.base64}`);
          return result('vcard', xmlns, [
            text('fn', 'text', called),
            text('nickname', 'text', called),
            ...(uri === undefined ? [] : [text('photo', 'uri', uri)]),
          ]);
        }),
      );

      host.on('stanza.last', ({ action, jid, now }) => {
        const place = placeOf(action.body.attrs.to ?? address, address);
        const seen = place?.is === 'user' ? presence.told(jid, place.user)?.seen : undefined;
        if (seen === undefined) return [refuse('not_found')];
        const seconds = String(Math.max(0, Math.floor((now - seen) / 1_000)));
        return [send('iq', { type: 'result' }, element('query', { xmlns: 'jabber:iq:last', seconds }))];
      });
    },
  };
}

function result(
  name: string,
  xmlns: string,
  children: StanzaTree['children'],
  attrs: StanzaTree['attrs'] = {},
): Effect {
  return send('iq', { type: 'result' }, element(name, { xmlns, ...attrs }, ...children));
}

function nodeOf(request: StanzaTree): string {
  return elementsOf(request).find(({ attrs }) => attrs.node !== undefined)?.attrs.node ?? '';
}

type Photo = { readonly url: string } | { readonly type: string; readonly base64: string };

/** What a command is (XEP-0050 §2.4), or the list of all: to who has none, there is no such node. */
function infoOf(node: string, commands: readonly ListedCommand[]): Effect {
  const found = commands.find((one) => one.node === node);
  if (commands.length === 0 || (found === undefined && node !== adHoc)) return refuse('not_found');
  const about = found === undefined ? { type: 'command-list' } : { type: 'command-node', name: found.name };
  const features = found === undefined ? [adHoc] : [adHoc, 'jabber:x:data'];
  return result(
    'query',
    discoInfo,
    [
      element('identity', { xmlns: discoInfo, category: 'automation', ...about }),
      ...features.map((feature) => element('feature', { xmlns: discoInfo, var: feature })),
    ],
    { node },
  );
}

/** A picture elsewhere, or one that the friend keeps itself. */
async function photoOf(
  person: Person | undefined,
  kept: (sha: string) => Promise<string | undefined>,
): Promise<Photo | undefined> {
  const avatar = person?.avatar;
  if (avatar === undefined) return undefined;
  if (avatar.startsWith('https://')) return { url: avatar };
  const base64 = avatar.startsWith(picturePath) ? await kept(avatar.slice(picturePath.length)) : undefined;
  const type = base64 && pictureType(base64);
  return base64 === undefined || type === undefined ? undefined : { type, base64 };
}
