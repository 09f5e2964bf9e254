import type { Presence } from '../../protocol/facts.ts';
import type { StanzaTree } from '../core/ports.ts';
import { element, ns } from './tree.ts';
import type { Envelope } from './write-message.ts';

/**
 * What is known of somebody's presence, as his puppet's (RFC 6121 §4.7).
 * @param photo what his picture is named by (XEP-0153 §3.1); empty where he has none, undefined where nobody knows it
 */
export function presence({ from, to }: Envelope, { show, status }: Omit<Presence, 'user'>, photo?: string): StanzaTree {
  if (show === 'offline') return element('presence', { from, to, type: 'unavailable' });
  return element(
    'presence',
    { from, to },
    ...(show === 'available' ? [] : [element('show', {}, show)]),
    ...(status === undefined ? [] : [element('status', {}, status)]),
    ...(photo === undefined
      ? []
      : [element('x', { xmlns: ns.photo }, element('photo', { xmlns: ns.photo }, ...(photo === '' ? [] : [photo])))]),
  );
}
