import { limits, utf8Length, version } from './limits.ts';

/** Namespaces of an event stanza: XEP-0432 payload, XEP-0335 JSON container, XEP-0334 hint. */
export const namespaces = {
  payload: 'urn:xmpp:json-msg:0',
  json: 'urn:xmpp:json:0',
  hints: 'urn:xmpp:hints',
  /** `datatype` of a frame in JSON. */
  event: 'urn:befriend:event:1',
} as const;

/** What one stanza carries: events for the same receiver from the same tick. */
export interface Frame {
  readonly v: number;
  readonly events: readonly unknown[];
}

export type FrameFault = 'malformed' | 'too_large' | 'too_deep';

export type ReadFrame =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly code: FrameFault };

const unsafe = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;

/**
 * `value` as JSON that XML 1.0 can carry unchanged: JSON escapes U+0000–001F and lone surrogates by itself, this
 * escapes U+007F–009F, U+2028/9 and U+FFFE/F as well (XML 1.0 §2.2).
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A frame's JSON from events that are JSON already, so that one encoding serves many receivers. */
export function frameOf(events: readonly string[]): string {
  return `{"v":${version},"events":[${events.join(',')}]}`;
}

/** Bytes that `frameOf` adds around its events. */
export const frameOverhead = 32;

/**
 * Packs encoded events into frames that respect the limits; their order is kept. Events given as a group stay in one
 * frame: a page and its head.
 */
export function framesOf(events: readonly (string | readonly string[])[]): string[] {
  const frames: string[] = [];
  let open: string[] = [];
  let bytes = frameOverhead;
  for (const entry of events) {
    const group = typeof entry === 'string' ? [entry] : entry;
    const more = group.reduce((sum, event) => sum + utf8Length(event) + 1, 0);
    const full = open.length + group.length > limits.frameEvents || bytes + more > limits.frameBytes;
    if (full && open.length > 0) {
      frames.push(frameOf(open));
      open = [];
      bytes = frameOverhead;
    }
    open.push(...group);
    bytes += more;
  }
  if (open.length > 0) frames.push(frameOf(open));
  return frames;
}

/** Reads a frame; never throws. Events are not looked at beyond their size and depth. */
export function readFrame(json: string): ReadFrame {
  if (utf8Length(json) > limits.frameBytes) return { ok: false, code: 'too_large' };
  const frame = parse(json);
  if (!isFrame(frame)) return { ok: false, code: 'malformed' };
  if (frame.events.some((event) => isDeeper(event, limits.depth))) {
    return { ok: false, code: 'too_deep' };
  }
  return { ok: true, frame };
}

/** True where an event of this frame may be larger than allowed; `readFrame` has bounded the whole. */
export function isOversize(event: unknown, frameLength: number): boolean {
  return frameLength * 3 > limits.eventBytes && utf8Length(JSON.stringify(event)) > limits.eventBytes;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isFrame(value: unknown): value is Frame {
  if (typeof value !== 'object' || value === null) return false;
  const { v, events } = value as Partial<Frame>;
  return typeof v === 'number' && Array.isArray(events) && events.length > 0 && events.length <= limits.frameEvents;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const key in value) if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}
