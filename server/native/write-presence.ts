import type { Presence } from '../../protocol/facts.ts';
import type { StanzaTree } from '../core/ports.ts';
import { element } from './tree.ts';
import type { Envelope } from './write-message.ts';

/** What is known of somebody's presence, as his puppet's (RFC 6121 §4.7). */
export function presence({ from, to }: Envelope, { show, status }: Omit<Presence, 'user'>): StanzaTree {
  if (show === 'offline') return element('presence', { from, to, type: 'unavailable' });
  return element(
    'presence',
    { from, to },
    ...(show === 'available' ? [] : [element('show', {}, show)]),
    ...(status === undefined ? [] : [element('status', {}, status)]),
  );
}
