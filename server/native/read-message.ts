import { limits } from '../../protocol/limits.ts';
import type { StanzaTree } from '../core/ports.ts';
import { childOf, elementsOf, ns, textOf } from './tree.ts';

/** What one message of an ordinary client says, each part as far as it is there. */
export interface Spoken {
  /** The sender's own name for it. */
  readonly id?: string;
  readonly text?: string;
  /** The `id` of the message that this one answers (XEP-0461 §3.1), and its text without what it quotes of it. */
  readonly reply?: { readonly id: string; readonly text: string };
  /** All emoji that the sender has under the message `id` from now on (XEP-0444 §3.1). */
  readonly reactions?: { readonly id: string; readonly emoji: readonly string[] };
  /** The sender's own name of the message that this one corrects (XEP-0308 §4). */
  readonly replaces?: string;
  /** Whether the sender is composing (XEP-0085 §5.1). */
  readonly composing?: boolean;
  /** The `id` of a message of ours that reached him (XEP-0184 §5.2), or that he has seen (XEP-0333 §4). */
  readonly received?: string;
  readonly displayed?: string;
  /** He wants to be told when it arrives, and when it is seen. */
  readonly wantsReceipt: boolean;
  readonly wantsMarker: boolean;
}

/** Longer names of stanzas are nobody's. */
const longestId = 1_024;

/** What a message says; undefined where it says nothing that is known here. */
export function readMessage(message: StanzaTree): Spoken | undefined {
  const { type = 'normal', id } = message.attrs;
  if (message.name !== 'message' || (type !== 'chat' && type !== 'normal')) return undefined;
  const body = childOf(message, 'body');
  const text = body === undefined ? undefined : textOf(body);
  const reactions = reactionsIn(message);
  const isText = text !== undefined && text.trim() !== '' && reactions === undefined;
  const said = {
    ...(isText ? { text, ...replyIn(message, text) } : {}),
    ...(reactions === undefined ? {} : { reactions }),
    ...named('replaces', childOf(message, 'replace', ns.correct)),
    ...stateOf(message),
    ...named('received', childOf(message, 'received', ns.receipts) ?? childOf(message, 'received', ns.markers)),
    ...named('displayed', childOf(message, 'displayed', ns.markers)),
  };
  if (Object.keys(said).length === 0) return undefined;
  return {
    ...said,
    ...(isName(id) ? { id } : {}),
    wantsReceipt: childOf(message, 'request', ns.receipts) !== undefined,
    wantsMarker: childOf(message, 'markable', ns.markers) !== undefined,
  };
}

function named<K extends string>(key: K, tree: StanzaTree | undefined): { readonly [P in K]?: string } {
  const id = tree?.attrs.id;
  return isName(id) ? ({ [key]: id } as { [P in K]: string }) : {};
}

function replyIn(message: StanzaTree, text: string): Pick<Spoken, 'reply'> {
  const id = childOf(message, 'reply', ns.reply)?.attrs.id;
  if (!isName(id)) return {};
  const fallback = elementsOf(message).find(({ name, attrs }) => name === 'fallback' && attrs.for === ns.reply);
  const { start, end } = (fallback && childOf(fallback, 'body'))?.attrs ?? {};
  const points = [...text];
  const own = [...points.slice(0, Number(start ?? 0)), ...points.slice(Number(end ?? 0))].join('');
  return own.trim() === '' ? {} : { reply: { id, text: own } };
}

function reactionsIn(message: StanzaTree): Spoken['reactions'] {
  const reactions = childOf(message, 'reactions', ns.reactions);
  const id = reactions?.attrs.id;
  if (reactions === undefined || !isName(id)) return undefined;
  const emoji = elementsOf(reactions).map((one) => textOf(one).trim());
  return { id, emoji: [...new Set(emoji)].slice(0, limits.emoji) };
}

function isName(id: string | undefined): id is string {
  return id !== undefined && id !== '' && id.length <= longestId;
}

function stateOf(message: StanzaTree): { composing?: boolean } {
  const state = elementsOf(message).find(({ attrs }) => attrs.xmlns === ns.states);
  return state === undefined ? {} : { composing: state.name === 'composing' };
}
