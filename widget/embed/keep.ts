import type { Keep } from '../core/ports.ts';

/** The key of a widget's device secret; all else that it keeps begins with it and a colon. */
export function secretKeyOf({
  friend = '',
  scope = '',
}: {
  readonly friend?: string;
  readonly scope?: string;
}): string {
  return `befriend:${friend}:${scope}`;
}

/** A `Keep` of which it can be said later how far it may. */
export interface ConsentedKeep extends Keep {
  readonly memory: Map<string, string>;
  /** Where it outlives the page; nothing where it does not. */
  storage: Storage | undefined;
}

/** What may outlive the page: local or session storage, or memory where the person or the browser says no. */
export function keepFor(consent: string): ConsentedKeep {
  const memory = new Map<string, string>();
  const keep: ConsentedKeep = {
    memory,
    storage: storageOf(consent),
    get durable() {
      return keep.storage !== undefined;
    },
    get: (key) => memory.get(key) ?? keep.storage?.getItem(key) ?? undefined,
    set: (key, value) => {
      memory.set(key, value);
      try {
        keep.storage?.setItem(key, value);
        if (keep.storage) memory.delete(key);
      } catch {
        // Full: it lasts as long as the page.
      }
    },
    remove: (key) => {
      memory.delete(key);
      keep.storage?.removeItem(key);
    },
    clear: (prefix) => {
      const keys = [...memory.keys(), ...Object.keys(keep.storage ?? {})];
      for (const key of keys) if (key.startsWith(prefix)) keep.remove(key);
    },
  };
  return keep;
}

/**
 * The storage that a consent allows: `functional` on this device, `session` until the tab is closed, all else none.
 * Sandboxed frames throw at the first look, full or private ones at the first write.
 */
export function storageOf(consent: string): Storage | undefined {
  const probe = 'befriend:probe';
  try {
    const storage = consent === 'functional' ? localStorage : consent === 'session' ? sessionStorage : undefined;
    storage?.setItem(probe, probe);
    storage?.removeItem(probe);
    return storage;
  } catch {
    return undefined;
  }
}
