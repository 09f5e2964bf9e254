export interface Life {
  /** Frozen, in the back/forward cache, or about to end. */
  away(): void;
  back(): void;
  /** The tab came into sight, or went out of it. */
  turned(): void;
}

const types: Readonly<Record<string, keyof Life>> = {
  freeze: 'away',
  pagehide: 'away',
  resume: 'back',
  pageshow: 'back',
  visibilitychange: 'turned',
};

/** Hears the life of a page. `window` hears all of it in the capturing phase. Returns what ends that. */
export function hearLife(page: EventTarget, life: Life): () => void {
  const ends = new AbortController();
  for (const [type, what] of Object.entries(types)) {
    page.addEventListener(type, () => life[what](), { capture: true, signal: ends.signal });
  }
  return () => ends.abort();
}
