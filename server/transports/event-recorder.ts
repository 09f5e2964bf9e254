import type { CutReason, LinkStatus, Log, MalformedReason, StanzaTree, TransportEvents } from '../core/ports.ts';
import { type Inbox, inbox } from './inbox.ts';

/** One call of `TransportEvents`, as data. */
export type RecordedEvent =
  | { readonly kind: 'frame'; readonly from: string; readonly json: string; readonly stanzaId: string | undefined }
  | {
      readonly kind: 'malformed';
      readonly from: string;
      readonly reason: MalformedReason;
      readonly stanzaId: string | undefined;
    }
  | { readonly kind: 'gone'; readonly from: string }
  | {
      readonly kind: 'bounced';
      readonly from: string;
      readonly type: string;
      readonly condition: string;
      readonly stanzaId: string | undefined;
    }
  | { readonly kind: 'stanza'; readonly stanza: StanzaTree; readonly cut?: CutReason };

/** Keeps what a transport tells, for tests. */
export interface EventRecorder extends TransportEvents {
  readonly told: Inbox<RecordedEvent>;
  readonly links: Inbox<LinkStatus>;
}

/** A recorder that heard nothing yet. */
export function eventRecorder(): EventRecorder {
  const told = inbox<RecordedEvent>();
  const links = inbox<LinkStatus>();
  return {
    told,
    links,
    frame: (from, json, stanzaId) => told.put({ kind: 'frame', from, json, stanzaId }),
    malformed: (from, reason, stanzaId) => told.put({ kind: 'malformed', from, reason, stanzaId }),
    gone: (from) => told.put({ kind: 'gone', from }),
    bounced: (from, type, condition, stanzaId) => told.put({ kind: 'bounced', from, type, condition, stanzaId }),
    stanza: (stanza, cut) => told.put({ kind: 'stanza', stanza, ...(cut !== undefined && { cut }) }),
    link: (status) => links.put(status),
  };
}

/** A log that keeps its lines as JSON, for tests. */
export interface RecordedLog extends Log {
  readonly lines: readonly string[];
}

/** An empty log. */
export function recordedLog(): RecordedLog {
  const lines: string[] = [];
  const keep = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
    lines.push(JSON.stringify({ level, message, ...fields }));
  };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}
