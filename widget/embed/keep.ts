import type { Keep } from '../core/ports.ts';

/** What may outlive the page: local storage, or memory where the person or the browser says no. */
export function keepFor(consent: string): Keep {
  const storage = consent === 'none' ? undefined : storageOf();
  if (storage === undefined) {
    const memory = new Map<string, string>();
    return {
      durable: false,
      get: (key) => memory.get(key),
      set: (key, value) => void memory.set(key, value),
      remove: (key) => void memory.delete(key),
    };
  }
  return {
    durable: true,
    get: (key) => storage.getItem(key) ?? undefined,
    set: (key, value) => storage.setItem(key, value),
    remove: (key) => storage.removeItem(key),
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
