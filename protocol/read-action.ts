import * as v from 'valibot';
import type { Action } from './actions.ts';
import type { ErrorCode } from './errors.ts';
import { isOversize } from './frame.ts';
import { ActionId } from './ids.ts';
import { limits } from './limits.ts';
import { describe, readBody } from './read-body.ts';

/** A map from action type to the schema of its body; a team's own types stand beside the shipped ones. */
export type ActionSchemas = Readonly<Record<string, v.GenericSchema>>;

export type ReadAction =
  | { readonly ok: true; readonly action: Action }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string; readonly re?: string };

const Envelope = v.strictObject({
  id: ActionId,
  type: v.pipe(v.string(), v.maxLength(64)),
  at: v.pipe(v.number(), v.safeInteger()),
  after: v.exactOptional(ActionId),
  body: v.unknown(),
});

/**
 * Reads one event of a frame as an action. Strict: unknown keys and types are refused, `detail` names the key.
 * @param frameLength characters of the frame it came in
 * @param isTaken whether a type that has no schema is taken all the same, its body unchecked
 */
export function readAction(
  event: unknown,
  schemas: ActionSchemas,
  frameLength: number,
  isTaken: (type: string) => boolean = () => false,
): ReadAction {
  const re = idOf(event);
  if (isOversize(event, frameLength)) return refusal('too_large', `an event is at most ${limits.eventBytes} bytes`, re);
  const envelope = v.safeParse(Envelope, event, { abortEarly: true });
  if (!envelope.success) return refusal('schema', describe(envelope.issues[0]), re);
  const { type, body } = envelope.output;
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (schema === undefined) {
    return isTaken(type) ? { ok: true, action: envelope.output } : refusal('unknown_type', type, re);
  }
  const parsed = readBody(schema, body);
  if (!parsed.ok) return refusal('schema', parsed.detail, re);
  return { ok: true, action: { ...envelope.output, body: parsed.body } };
}

function refusal(code: ErrorCode, detail: string, re: string | undefined): ReadAction {
  return re === undefined ? { ok: false, code, detail } : { ok: false, code, detail, re };
}

function idOf(event: unknown): string | undefined {
  const id = typeof event === 'object' && event !== null ? (event as { id?: unknown }).id : undefined;
  return v.is(ActionId, id) ? id : undefined;
}
