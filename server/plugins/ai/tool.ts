import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { actions } from '../../../protocol/actions.ts';
import { readBody } from '../../../protocol/read-body.ts';
import { FriendError } from '../../core/errors.ts';
import type { BodySchema } from '../../core/events.ts';
import type { UserRow } from '../../core/rows.ts';
import type { MaybePromise, ReactionContext } from '../../core/rule.ts';

/** What a tool is given beside its arguments: whose wish it is, and where. */
export interface ToolAsking extends Pick<ReactionContext, 'fetch' | 'log' | 'now' | 'read' | 'signal'> {
  readonly user: UserRow;
  readonly conversation: string;
}

interface ToolHead<S extends v.GenericSchema> {
  /** Letters, digits, `_` and `-`, up to 64: what the model calls it. */
  readonly name: string;
  /** What it does and when, for the model. */
  readonly description: string;
  /** Its arguments, an object. */
  readonly schema: S;
}

/** A tool that acts: an action of the asking user, which its rule decides on as on any other of his. */
export interface ActingTool<S extends v.GenericSchema = v.GenericSchema> extends ToolHead<S> {
  readonly action: string;
  /** Makes the body of the action of the arguments; they are the body where absent. */
  readonly body?: (args: v.InferOutput<S>, asking: ToolAsking) => unknown;
}

/**
 * A tool that looks something up for the asking user and changes nothing: it may run again. What it returns is told to the
 * model as JSON; what it may show is for its own code to check, by `user`.
 */
export interface LookingTool<S extends v.GenericSchema = v.GenericSchema> extends ToolHead<S> {
  readonly look: (args: v.InferOutput<S>, asking: ToolAsking) => MaybePromise<unknown>;
}

/** A declared tool. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema (draft-07) of its arguments. */
  readonly parameters: object;
  /** What the arguments come to; a text says what is wrong with them. */
  read(args: unknown): { readonly ok: true; readonly args: unknown } | { readonly ok: false; readonly detail: string };
  readonly acts?: { readonly type: string; body(args: unknown, asking: ToolAsking): unknown };
  readonly looks?: (args: unknown, asking: ToolAsking) => MaybePromise<unknown>;
}

/** What no model may do in somebody's name: who he is, how he is connected, and what comes from programs alone. */
const reserved =
  /^(connection|log|user[.](identify|logout)|device|invite|profile|site|ask|bots|desk|webhook|proactive|stanza)([.]|$)/;

/**
 * Declares a tool of an assistant: an action with the asking user's rights, or something to look up for him.
 * @throws FriendError `FRIEND_AI`
 */
export function tool<S extends BodySchema>(given: ActingTool<S> | LookingTool<S>): Tool {
  const { name, description, schema } = given;
  const wrong = (why: string): FriendError => new FriendError('FRIEND_AI', `tool ${name}: ${why}`);
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) throw wrong('its name has 1 to 64 letters, digits, _ and -');
  if (description.trim() === '' || description.length > 1_024) throw wrong('its description has 1 to 1024 characters');
  const head = { name, description, parameters: parametersOf(schema, wrong), read: readerOf(schema) };
  if ('look' in given) {
    return { ...head, looks: (args, asking) => given.look(args as v.InferOutput<S>, asking) };
  }
  const { action: type, body } = given;
  if (!/^[a-z][a-z0-9]*([.][a-z][a-z0-9]*)+$/.test(type)) throw wrong(`${type} is no type of an action`);
  if (reserved.test(type)) throw wrong(`${type} is not for a model to do`);
  const made = (args: unknown, asking: ToolAsking): unknown => {
    const whole = body === undefined ? args : body(args as v.InferOutput<S>, asking);
    const known = Object.hasOwn(actions, type) ? (actions as Readonly<Record<string, BodySchema>>)[type] : undefined;
    const read = known === undefined ? { ok: true as const, body: whole } : readBody(known, whole);
    if (!read.ok) throw new TypeError(`The body that ${name} makes is wrong: ${read.detail}`);
    return read.body;
  };
  return { ...head, acts: { type, body: made } };
}

function parametersOf(schema: BodySchema, wrong: (why: string) => FriendError): object {
  let parameters: { readonly type?: unknown };
  try {
    parameters = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' });
  } catch (error) {
    throw wrong(`its schema has no JSON Schema, ${String(error)}`);
  }
  if (parameters.type !== 'object') throw wrong('its arguments are an object');
  const { $schema: _, ...rest } = parameters as { readonly $schema?: unknown };
  return rest;
}

function readerOf(schema: BodySchema): Tool['read'] {
  return (given) => {
    const read = readBody(schema, given, 'arguments');
    return read.ok ? { ok: true, args: read.body } : read;
  };
}
