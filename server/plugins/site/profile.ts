import { opaque } from '../../../protocol/ids.ts';
import { append, put, refuse } from '../../core/effect.ts';
import { personOf } from '../../core/person.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { LoginRow, UserRow } from '../../core/rows.ts';
import { subjectOf, userBy } from './find.ts';

/** What the site says of a user. `null` takes away. */
export interface Said {
  readonly user: string;
  readonly name?: string;
  readonly avatar?: string | null;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** Lets the site say who somebody is, also before he comes: a name that it says is verified. */
export function profiles(host: PluginHost, issuer: string): void {
  host.onOpening('site.profile', async ({ action, read, random }) => {
    const said = action.body as Said;
    const known = await userBy(read, said.user, issuer);
    const isNew = known === undefined && said.user.startsWith('sub:') && said.name !== undefined;
    if (known === undefined && !isNew) return [refuse('not_found')];
    const id = known?.id ?? `u_${opaque(random(20))}`;
    const before: UserRow = known ?? { id, kind: 'user', name: '', verified: false, topics: [] };
    const row = withSaid(before, said);
    const login: LoginRow = { kind: 'jwt', subject: subjectOf(issuer, said.user.slice(4)), user: id, device: '' };
    const isTold = known !== undefined && JSON.stringify(personOf(row)) !== JSON.stringify(personOf(known));
    return [
      ...(known === undefined ? [put({ table: 'login', row: login, expect: 'absent' })] : []),
      put({ table: 'user', row }),
      ...(isTold
        ? [append(id, 'profile.changed', { person: personOf(row) }, { rule: true, by: id, answers: false })]
        : []),
    ];
  });
}

function withSaid({ avatar: former, ...user }: UserRow, { name, avatar = former, attributes }: Said): UserRow {
  return {
    ...user,
    ...(name === undefined ? {} : { name, verified: true }),
    ...(avatar === undefined || avatar === null ? {} : { avatar }),
    ...(attributes === undefined ? {} : { attributes }),
  };
}
