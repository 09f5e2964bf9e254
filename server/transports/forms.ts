/** How a frame is written on the wire: as JSON text in one element, or as elements. */
export type Form = 'json' | 'xml';

/** Which form each connection speaks. */
export interface Forms {
  /** The form of the last frame from this full JID; `json` where none is known. */
  of(jid: string): Form;
  /** A frame in this form came from `jid`. */
  heard(jid: string, form: Form): void;
  /** The connection ended. */
  forget(jid: string): void;
}

/**
 * Remembers who speaks XML, up to `limit` connections, those heard last. Whoever is forgotten is told in JSON until he
 * speaks again.
 */
export function formMemory(limit = 100_000): Forms {
  const inXml = new Set<string>();

  return {
    of: (jid) => (inXml.has(jid) ? 'xml' : 'json'),
    heard(jid, form) {
      inXml.delete(jid);
      if (form === 'json') return;
      inXml.add(jid);
      for (const oldest of inXml) {
        if (inXml.size <= limit) break;
        inXml.delete(oldest);
      }
    },
    forget: (jid) => void inXml.delete(jid),
  };
}
