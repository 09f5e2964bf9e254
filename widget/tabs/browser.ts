import type { Transport } from '../core/ports.ts';
import type { TabOptions } from './ports.ts';
import { tabTransport } from './transport.ts';

/**
 * One stream for all tabs of this browser. Where it has no Web Locks (plain http, sandboxed frames) or no
 * `BroadcastChannel`, each tab dials for itself; everything is stored and shown once all the same.
 */
export function oneForAllTabs(options: Omit<TabOptions, 'browser'>): Transport {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (!locks || typeof BroadcastChannel === 'undefined') return options.inner;
  return tabTransport({
    ...options,
    browser: {
      locks,
      channel: (name) => new BroadcastChannel(name),
      life: window,
      visible: () => document.visibilityState === 'visible',
    },
  });
}
