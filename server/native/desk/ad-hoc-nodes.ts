import type { StanzaTree } from '../../core/ports.ts';
import { isCase } from '../../core/support-case.ts';
import type { Place } from '../address.ts';
import { ownCommandsAt } from '../own-commands.ts';
import { childOf } from '../tree.ts';

/** Namespace of ad-hoc commands (XEP-0050), and the node under which they are listed (§2.2). */
export const adHoc = 'http://jabber.org/protocol/commands';

/** Every command by the name of its node, with what a client shows for it and where it is. */
export const adHocNodes = {
  cases: { name: 'Cases that wait', at: 'everywhere' },
  available: { name: 'Whether I take new cases', at: 'everywhere' },
  take: { name: 'Take this case', at: 'case' },
  transfer: { name: 'Give this case on', at: 'case' },
  invite: { name: 'Ask a colleague in', at: 'case' },
  note: { name: 'Write a note for colleagues', at: 'case' },
  snooze: { name: 'Set this case aside', at: 'case' },
  close: { name: 'Close this case', at: 'case' },
  reopen: { name: 'Open this case again', at: 'case' },
  who: { name: 'Who has it, and who the visitor is', at: 'case' },
} as const satisfies Record<string, { readonly name: string; readonly at: 'everywhere' | 'case' }>;

export type AdHocNode = keyof typeof adHocNodes;

/** The commands that a place has for colleagues; none where it is neither the friend nor a case. */
export function nodesAt(place: Place | undefined): readonly AdHocNode[] {
  const isAtCase = place?.is === 'conversation' && isCase(place.conversation);
  if (!isAtCase && place?.is !== 'friend') return [];
  const nodes = Object.keys(adHocNodes) as AdHocNode[];
  return nodes.filter((node) => isAtCase || adHocNodes[node].at === 'everywhere');
}

/** A command as it is listed (XEP-0050 §2.2). */
export interface ListedCommand {
  readonly node: string;
  readonly name: string;
}

/** The commands that a place has for somebody. */
export function listedAt(place: Place | undefined, isColleague: boolean): readonly ListedCommand[] {
  const own = Object.entries(ownCommandsAt(place)).map(([node, { name }]) => ({ node, name }));
  const desk = isColleague ? nodesAt(place).map((node) => ({ node, name: adHocNodes[node].name })) : [];
  return [...desk, ...own];
}

/** The node of a request that begins or goes on with an ad-hoc command; undefined for all else. */
export function adHocNodeIn(request: StanzaTree): string | undefined {
  const command = request.attrs.type === 'set' ? childOf(request, 'command', adHoc) : undefined;
  return command === undefined ? undefined : (command.attrs.node ?? '');
}
