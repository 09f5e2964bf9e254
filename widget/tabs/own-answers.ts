import { frameOf, toJson } from '../../protocol/frame.ts';

type Event = Readonly<Record<string, unknown>>;

/** Ids of actions whose answer may still come. Typing and markers are never answered: the oldest are forgotten. */
const remembered = 1_000;

/**
 * What of a shared stream is meant for one tab: all facts of the logs, and the answers to its own actions. A page that
 * another tab asked for would replace the history that the person here is reading.
 */
export class OwnAnswers {
  readonly #asked = new Set<unknown>();

  /** Remembers the actions of a frame that leaves. */
  sent(json: string): void {
    for (const { id } of eventsOf(json)) this.#asked.add(id);
    for (const id of this.#asked) {
      if (this.#asked.size <= remembered) break;
      this.#asked.delete(id);
    }
  }

  /** The frame without the answers to others and their pages; absent where nothing is left of it. */
  of(json: string): string | undefined {
    const events = eventsOf(json);
    let page: Page | undefined;
    const own = events.filter((event) => {
      if (page !== undefined && event.log === page.log && Number(event.seq) <= page.to) return false;
      page = undefined;
      if (event.re === undefined || event.seq !== undefined || this.#asked.has(event.re)) return true;
      page = pageOf(event);
      return false;
    });
    if (own.length === events.length) return json;
    return own.length === 0 ? undefined : frameOf(own.map(toJson));
  }
}

interface Page {
  readonly log: unknown;
  readonly to: number;
}

/** What the facts that follow a page's head in its frame have in common. */
function pageOf({ type, body }: Event): Page | undefined {
  const head = body as { log?: unknown; to?: number; conversation?: { id: unknown }; page?: { to: number } };
  if (type === 'log.paged') return { log: head.log, to: Number(head.to) };
  if (type === 'conversation.opened') return { log: head.conversation?.id, to: Number(head.page?.to) };
  return undefined;
}

/** Whatever is no frame is left to whom it is meant for. */
function eventsOf(json: string): readonly Event[] {
  try {
    const { events } = JSON.parse(json) as { events: unknown };
    return Array.isArray(events) ? events.filter((event) => typeof event === 'object' && event !== null) : [];
  } catch {
    return [];
  }
}
