import type { Keep } from '../core/ports.ts';

/** What may outlive the page: local storage, or memory where the person or the browser says no. */
export function keepFor(consent: string): Keep {
  const storage = consent === 'none' ? undefined : storageOf();
  const memory = new Map<string, string>();
  const remove = (key: string): void => {
    memory.delete(key);
    storage?.removeItem(key);
  };
  return {
    durable: storage !== undefined,
    get: (key) => memory.get(key) ?? storage?.getItem(key) ?? undefined,
    set: (key, value) => {
      memory.set(key, value);
      try {
        storage?.setItem(key, value);
        if (storage) memory.delete(key);
      } catch {
        // Full: it lasts as long as the page.
      }
    },
    remove,
    clear: (prefix) => {
      for (const key of [...memory.keys(), ...Object.keys(storage ?? {})]) if (key.startsWith(prefix)) remove(key);
    },
  };
}

/** Sandboxed frames throw at the first look, full or private ones at the first write. */
function storageOf(): Storage | undefined {
  try {
    const probe = 'befriend:probe';
    localStorage.setItem(probe, probe);
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return undefined;
  }
}
