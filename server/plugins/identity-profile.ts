import { answer, append, type Effect, put, refuse } from '../core/effect.ts';
import { personOf } from '../core/person.ts';
import { picturePath, pictures, pictureType } from '../core/picture.ts';
import type { PluginHost } from '../core/plugin.ts';
import type { Sha256 } from '../core/ports.ts';
import type { Reads } from '../core/reads.ts';
import type { UserRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';

/** Ways in of one user that are looked at. */
const loginsRead = 1_000;

/** Lets people choose a name and a picture, where the site has not signed one; `rename`: also where it has. */
export function ownProfile(host: PluginHost, sha256: Sha256, rename: boolean): void {
  host.on('profile.set', async ({ action, read, user }) => {
    const { name = user.name, avatar: picture } = action.body;
    const isNamed = user.verified && (user.kind !== 'colleague' || (await isSignedIn(read, user.id)));
    if (name !== user.name && isNamed && !rename) return [refuse('not_found', { detail: 'the name is signed' })];
    if (picture !== undefined && isSigned(user)) return [refuse('not_found', { detail: 'the picture is signed' })];
    if (typeof picture === 'string' && pictureType(picture) === undefined) {
      return [refuse('schema', { detail: 'body.avatar: expects a PNG, JPEG or WebP' })];
    }
    // A picture is one user's alone, so that it goes with him and not with whoever has the same.
    const key = picture ? await sha256(`${user.id} ${picture}`) : undefined;
    const { avatar, ...plain } = { ...user, name, verified: user.verified && (name === user.name || !isNamed) };
    const kept = picture === undefined ? avatar : key && `${picturePath}${key}`;
    const row: UserRow = kept === undefined ? plain : { ...plain, avatar: kept };
    const person = personOf(row);
    if (JSON.stringify(person) === JSON.stringify(personOf(user))) return [answer('profile.changed', { person })];
    return [
      put({ table: 'user', row }),
      ...withoutPicture(user, row),
      ...(picture && key ? [pictureOf(key, picture)] : []),
      append(user.id, 'profile.changed', { person }, { rule: true }),
    ];
  });
}

/** Removes the picture that `before` had of his own, where `after` has another or none. */
export function withoutPicture(before: UserRow, after: UserRow): Effects {
  const { avatar = '' } = before;
  if (!avatar.startsWith(picturePath) || avatar === after.avatar) return [];
  return [pictureOf(avatar.slice(picturePath.length), null)];
}

function pictureOf(key: string, value: string | null): Effect {
  return put({ table: 'state', row: { ...pictures, key, value } });
}

/**
 * The site signs who he is. A colleague whom it has invited, or whose account it names, is vouched for without a name: what he
 * calls himself is verified as he is.
 */
async function isSignedIn(read: Reads, user: string): Promise<boolean> {
  return (await read.logins(user, loginsRead)).some(({ kind }) => kind === 'jwt');
}

function isSigned({ avatar = '' }: UserRow): boolean {
  return avatar.startsWith('https:');
}
