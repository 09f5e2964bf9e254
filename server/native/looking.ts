import type { Person } from '../../protocol/facts.ts';
import { answer, tell } from '../core/effect.ts';
import { isNative } from '../core/gateway.ts';
import { picturePath, pictures } from '../core/picture.ts';
import type { PluginHost } from '../core/plugin.ts';
import type { Reads } from '../core/reads.ts';
import { askerOf, isCase, visitorOf } from '../core/support-case.ts';
import { photoHash } from './photo-hash.ts';

/** People that one account's connection looks at. */
const lookedAt = 200;

/** Pictures of which is remembered what clients name them by. */
const kept = 2_000;

/** The fact that answers `account.look`. */
export interface Looked {
  /** Whose presence the account asked for, and the visitor of each case, by the case. */
  readonly subscribed: readonly string[];
  readonly visitors: Readonly<Record<string, string>>;
  /** What clients name the pictures of all these by (XEP-0153), by user; empty of one who has none. */
  readonly photos: Readonly<Record<string, string>>;
}

/**
 * Whom an account's connection looks at: `account.look` names its cases, and from then on it may see the presence of those
 * who ask there, as it may see their names. It has no schema, so no client can send it. Who looks different from now on is
 * named to those who look at him, by `account.painted`.
 */
export function looking(host: PluginHost): void {
  const conversations = host.service('conversations');
  const presence = host.service('presence');
  const hashes = new Map<string, string>();

  host.on('account.look', async ({ action, jid, read, user, now }) => {
    const { cases } = action.body as { cases: readonly string[] };
    const own = user.kind === 'colleague' ? cases.filter(isCase) : [];
    const found = await Promise.all(
      own.map(async (conversation) => {
        const access = await conversations.access(read, user, conversation, now);
        const asker = access?.exists === true ? await askerOf(read, visitorOf(conversation)) : undefined;
        return asker === undefined ? [] : [[conversation, asker.id] as const];
      }),
    );
    const asked = JSON.parse((await read.state('accounts', jid, 'subscribed')) ?? '[]') as string[];
    const visitors = found.flat().slice(0, lookedAt - asked.length);
    const users = new Set([...asked, ...visitors.map(([, visitor]) => visitor)]);
    presence.shows(jid, new Set(visitors.map(([, visitor]) => visitor)));
    const people = await conversations.people(read, users);
    const photos = await Promise.all(people.map(async (one) => [one.id, await photoOf(read, one)] as const));
    const named = photos.filter(([, photo]) => photo !== undefined);
    const looked = { subscribed: asked, visitors: Object.fromEntries(visitors), photos: Object.fromEntries(named) };
    return [answer('account.looked', looked)];
  });

  host.after(
    'profile.changed',
    ({ fact }) => {
      const connections = presence.watchedBy(fact.body.person.id).filter(isNative);
      return connections.length === 0 ? [] : [tell({ connections }, 'account.painted', {})];
    },
    { name: 'painted' },
  );

  /** Undefined of a picture that is kept elsewhere: what it is nobody here knows. */
  async function photoOf(read: Reads, { avatar }: Person): Promise<string | undefined> {
    if (avatar?.startsWith(picturePath) !== true) return avatar === undefined ? '' : undefined;
    const known = hashes.get(avatar);
    if (known !== undefined) return known;
    const base64 = await read.state(pictures.plugin, pictures.scope, avatar.slice(picturePath.length));
    if (base64 === undefined) return '';
    const hash = photoHash(base64);
    hashes.set(avatar, hash);
    const [oldest] = hashes.keys();
    if (hashes.size > kept && oldest !== undefined) hashes.delete(oldest);
    return hash;
  }
}
