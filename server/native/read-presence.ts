import type { StanzaTree } from '../core/ports.ts';
import { childOf, textOf } from './tree.ts';

/** What an account's presence says (RFC 6121 §4.7.2). */
export interface Shown {
  readonly available: boolean;
  readonly idle: boolean;
  readonly dnd: boolean;
  readonly status?: string;
}

/** Undefined where it is no presence of a connection: a subscription, a probe, an error. */
export function readPresence({ name, attrs, ...tree }: StanzaTree): Shown | undefined {
  if (name !== 'presence' || (attrs.type !== undefined && attrs.type !== 'unavailable')) return undefined;
  const [show, status] = ['show', 'status'].map((one) => {
    const child = childOf({ name, attrs, ...tree }, one);
    return child === undefined ? '' : textOf(child).trim();
  });
  return {
    available: attrs.type === undefined,
    idle: show === 'away' || show === 'xa',
    dnd: show === 'dnd',
    ...(status === undefined || status === '' ? {} : { status: status.slice(0, 280) }),
  };
}
