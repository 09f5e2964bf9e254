import type { StanzaTree } from '../core/ports.ts';
import { element, ns } from './tree.ts';

/** The address fields of a message to an account. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
}

/** A message that is answered: its `id`, whose it is, and its first lines with a `>` before each. */
export interface Quoted {
  readonly id: string;
  readonly to: string;
  readonly quote: string;
}

/** What a message to an ordinary client carries. */
export interface Told {
  readonly id: string;
  readonly text: string;
  /** The name of the speaker, where the address does not say who it is. */
  readonly speaker?: string;
  /** The `id` of the message that it corrects. */
  readonly replaces?: string;
  readonly reply?: Quoted;
  /** The text is the address of a file and nothing else. */
  readonly isFile?: boolean;
}

/** Words for a client that does not know retractions. */
const takenBack = 'A message was taken back.';

/**
 * A message with a receipt asked for (XEP-0184 §5.1), markable (XEP-0333 §4), with an id that stays the same (XEP-0359
 * §3.1). The name of the speaker leads the text; styling in it (XEP-0393) passes as it is. A client shows a file where its
 * address is the whole text, and is named as what it is (XEP-0066 §3).
 */
export function spoken({ from, to }: Envelope, { id, text, speaker, replaces, reply, isFile }: Told): StanzaTree {
  return element(
    'message',
    { from, to, type: 'chat', id },
    element('body', {}, `${reply?.quote ?? ''}${speaker === undefined ? text : `${speaker}: ${text}`}`),
    ...(reply === undefined ? [] : replyTo(reply)),
    ...(replaces === undefined ? [] : [element('replace', { xmlns: ns.correct, id: replaces })]),
    ...(isFile === true ? [element('x', { xmlns: ns.oob }, element('url', {}, text))] : []),
    element('active', { xmlns: ns.states }),
    element('request', { xmlns: ns.receipts }),
    element('markable', { xmlns: ns.markers }),
    element('origin-id', { xmlns: ns.ids, id }),
  );
}

/** Words of the friend itself in a chat, led by its name: nobody is told how far they got. */
export function aside(
  { from, to }: Envelope,
  { id, text, speaker }: Required<Pick<Told, 'id' | 'text' | 'speaker'>>,
): StanzaTree {
  return element(
    'message',
    { from, to, type: 'chat', id },
    element('body', {}, `${speaker}: ${text}`),
    element('origin-id', { xmlns: ns.ids, id }),
  );
}

/** Which message is answered (XEP-0461 §3.1), and which part of the text a client that knows it leaves out, in code points. */
function replyTo({ id, to, quote }: Quoted): StanzaTree[] {
  const range = element('body', { start: '0', end: String([...quote].length) });
  return [
    element('reply', { xmlns: ns.reply, id, to }),
    element('fallback', { xmlns: ns.fallback, for: ns.reply }, range),
  ];
}

/** All emoji that stand under a message from now on (XEP-0444 §3.1). */
export function reactionsTo({ from, to }: Envelope, id: string, of: string, emoji: readonly string[]): StanzaTree {
  const reactions = emoji.map((one) => element('reaction', {}, one));
  return element(
    'message',
    { from, to, type: 'chat', id },
    element('reactions', { xmlns: ns.reactions, id: of }, ...reactions),
    element('store', { xmlns: ns.hints }),
  );
}

/** A message was deleted (XEP-0424 §3), with words for clients that cannot take it away (XEP-0428). */
export function retracted({ from, to }: Envelope, id: string, of: string): StanzaTree {
  return element(
    'message',
    { from, to, type: 'chat', id },
    element('retract', { xmlns: ns.retract, id: of }),
    element('fallback', { xmlns: ns.fallback, for: ns.retract }),
    element('body', {}, takenBack),
    element('origin-id', { xmlns: ns.ids, id }),
  );
}

/** Somebody composes, or does so no more (XEP-0085 §5.1). Nobody keeps it for later. */
export function state({ from, to }: Envelope, composing: boolean): StanzaTree {
  return hinted(from, to, element(composing ? 'composing' : 'paused', { xmlns: ns.states }));
}

/** The account's own message of this `id` has reached somebody (XEP-0184 §5.2). */
export function received({ from, to }: Envelope, id: string): StanzaTree {
  return hinted(from, to, element('received', { xmlns: ns.receipts, id }));
}

/** The account's own messages up to the one of this `id` were seen (XEP-0333 §4). */
export function displayed({ from, to }: Envelope, id: string): StanzaTree {
  return hinted(from, to, element('displayed', { xmlns: ns.markers, id }));
}

function hinted(from: string, to: string, what: StanzaTree): StanzaTree {
  return element('message', { from, to, type: 'chat' }, what, element('no-store', { xmlns: ns.hints }));
}
