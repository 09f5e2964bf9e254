import { frameOf, readFrame, toJson } from '../../protocol/frame.ts';

interface Event {
  readonly type?: string;
  readonly at?: number;
  readonly id?: string;
  readonly re?: string;
  readonly log?: string;
  readonly seq?: number;
  /** Where it is the head of a page, what the page is of and how far it goes. */
  readonly body?: {
    readonly log?: string;
    readonly to?: number;
    readonly conversation?: { readonly id: string };
    readonly page?: { readonly to: number };
    /** Where it answers an opening, whom it has made known. */
    readonly user?: { readonly id: string };
  };
}

/** What of a shared stream is meant for one tab. */
export interface OwnAnswers {
  /** Remembers the actions of a frame that leaves. */
  sent(json: string): void;
  /** The frame without the answers to others and their pages; absent where nothing is left of it. */
  of(json: string): string | undefined;
  /**
   * What a frame that another tab sends says of how far the person has got, as the friend tells it to other devices;
   * absent where it says nothing of that.
   */
  marks(json: string): string | undefined;
}

/** Ids of actions whose answer may still come. Typing and markers are never answered: the oldest are forgotten. */
const remembered = 1_000;

/**
 * All facts of the logs, and the answers to this tab's actions. A page that another tab asked for would replace the
 * history that the person here is reading.
 */
export function ownAnswers(): OwnAnswers {
  const asked = new Set<string | undefined>();
  let me: string | undefined;
  return {
    sent(json) {
      for (const event of eventsOf(json)) asked.add(event?.id);
      for (const id of asked) if (asked.size > remembered) asked.delete(id);
    },
    of(json) {
      const events = eventsOf(json);
      let page: Event['body'];
      const own = events.filter((event) => {
        const { type, re, log, seq, body } = event ?? {};
        if (type === 'connection.opened') me = body?.user?.id;
        if (log !== undefined && log === (page?.log ?? page?.conversation?.id)) {
          if (Number(seq) <= Number(page?.to ?? page?.page?.to)) return false;
        }
        page = undefined;
        if (re === undefined || seq !== undefined || asked.has(re)) return true;
        page = body;
        return false;
      });
      if (own.length === events.length) return json;
      return frameWith(own);
    },
    marks(json) {
      const set = eventsOf(json).filter((event) => event?.type === 'marker.set');
      return frameWith(
        set.map((event) => ({ type: 'marker.moved', at: event?.at, body: { ...event?.body, user: me } })),
      );
    },
  };
}

function frameWith(events: readonly unknown[]): string | undefined {
  return events.length > 0 ? frameOf(events.map(toJson)) : undefined;
}

/** Whatever is no frame is left to whom it is meant for. */
function eventsOf(json: string): readonly (Event | null)[] {
  const read = readFrame(json);
  return read.ok ? (read.frame.events as (Event | null)[]) : [];
}
