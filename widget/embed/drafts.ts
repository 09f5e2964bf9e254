import type { Keep } from '../core/ports.ts';
import type { Drafts } from '../ui/env.ts';

/** Drafts that outlive the page where the person allows it, each under `prefix` and the reference of its conversation. */
export function draftsIn(keep: Keep, prefix: string): Drafts {
  return {
    get: (place) => keep.get(prefix + place),
    set: (place, text) => keep.set(prefix + place, text),
    delete: (place) => keep.remove(prefix + place),
  };
}
