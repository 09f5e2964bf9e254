import { opaque } from '../../protocol/ids.ts';
import { append, put, refuse } from '../core/effect.ts';
import { joined } from '../core/membership.ts';
import type { Sha256 } from '../core/ports.ts';
import type { ConversationRow } from '../core/rows.ts';
import type { Effects } from '../core/rule.ts';
import { bring, inviteOf, isHeard, over } from './group-invite.ts';
import { type Deciding, ended, placeOf, succession } from './group-place.ts';

/** What a group begins with. */
export interface Beginning {
  readonly name: string;
  readonly public?: boolean;
  readonly history?: 'all' | 'joined';
  readonly people?: readonly string[];
}

/** Begins a group. Its maker is its owner. */
export async function create(deciding: Deciding, beginning: Beginning): Promise<Effects> {
  const { user, now, random } = deciding;
  const { name, history = 'all', people = [] } = beginning;
  const row: ConversationRow = {
    ...{ id: `c_group_${opaque(random(20))}`, kind: 'group', name, public: beginning.public ?? false },
    ...(history === 'all' ? {} : { settings: { history } }),
  };
  const brought = await bring(deciding, row, people);
  const begun: Effects = [
    put({ table: 'conversation', row }),
    append(row.id, 'conversation.created', { kind: 'group', name }, { rule: true }),
    ...joined(row, user, { role: 'owner', now }),
  ];
  return [...begun, ...brought];
}

/** Comes in: by a link's token, as the invited, or because the group is public. */
export async function enter(
  deciding: Deciding,
  sha256: Sha256,
  { conversation, token }: { readonly conversation: string; readonly token?: string },
): Promise<Effects> {
  const { read, user, now } = deciding;
  const place = await placeOf(deciding, conversation, user);
  const absent = refuse(token === undefined ? 'not_found' : 'invite_invalid');
  if (place === undefined) return [absent];
  if (place.isBanned) return [refuse('not_found')];
  if (place.member !== undefined) return [];
  const { row } = place;
  const invite = await inviteOf(read, row.id, user.id);
  const isInvited = invite !== undefined && isHeard(invite);
  const link = row.settings?.link;
  const isLinked = token !== undefined && link !== undefined && (await sha256(token)) === link;
  if (!row.public && !isInvited && !isLinked) return [absent];
  const role = await deciding.conversations.roleOnEntry(read, row, user);
  return [...over(invite), ...joined(row, user, { role, now, readSeq: await read.readSeq(row.id, user.id) })];
}

/** Goes. The last owner hands the group on first. */
export async function leave(deciding: Deciding, conversation: string): Promise<Effects> {
  const place = await placeOf(deciding, conversation, deciding.user);
  if (place?.member === undefined) return [refuse('not_found')];
  const { row, user, member } = place;
  // He may have come by a message, and shall not come back by an invitation from before.
  const invite = await inviteOf(deciding.read, row.id, user.id);
  return [...over(invite), ...((await succession(deciding, member)) ?? []), ...ended(row, user, member, false)];
}

/** Turns an invitation down; who invited is not told. */
export async function decline({ read, user }: Deciding, conversation: string): Promise<Effects> {
  const invite = await inviteOf(read, conversation, user.id);
  return invite !== undefined && isHeard(invite) ? over(invite) : [refuse('not_found')];
}
