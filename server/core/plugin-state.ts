import { toJson } from '../../protocol/frame.ts';
import { utf8Length } from '../../protocol/limits.ts';
import { readBody } from '../../protocol/read-body.ts';
import type { Effect } from './effect.ts';
import { FriendError } from './errors.ts';
import type { BodySchema, Input, Output } from './events.ts';
import type { Reads } from './reads.ts';

/** Bytes of one value, in JSON with its version. */
export const stateBytes = 16_384;

/** The shape of a state, and how older ones are lifted to it. */
export interface StateShape<S extends BodySchema> {
  /** 1 for the first shape, one more with each change of it. */
  readonly version: number;
  readonly schema: S;
  /** By the version that is lifted: what the next one makes of it. All below `version`. */
  readonly migrate?: Readonly<Record<number, (old: unknown) => unknown>>;
}

type Write = Extract<Effect, { do: 'put' }>;

/** A state of a plugin, one value for each user or conversation. */
export interface KeptBy<S extends BodySchema> {
  /** Undefined where nothing is kept. @throws FriendError `FRIEND_STATE`, `FRIEND_STATE_NEWER` */
  get(read: Reads, id: string): Promise<Output<S> | undefined>;
  /** Replaces it, whatever stands there; undefined removes it. @throws FriendError `FRIEND_STATE` */
  set(id: string, value: Input<S> | undefined): Write;
  /**
   * Replaces what stands there now: where that has changed before the commit, the rule or reaction runs again.
   * @throws FriendError `FRIEND_STATE`, `FRIEND_STATE_NEWER`
   */
  change(read: Reads, id: string, by: (old: Output<S> | undefined) => Input<S> | undefined): Promise<Write>;
}

/** A state of a plugin of which there is one value. */
export interface KeptOnce<S extends BodySchema> {
  get(read: Reads): Promise<Output<S> | undefined>;
  set(value: Input<S> | undefined): Write;
  change(read: Reads, by: (old: Output<S> | undefined) => Input<S> | undefined): Promise<Write>;
}

/** What a plugin keeps: each state is declared once, by a lower-case name. */
export interface PluginState {
  user<S extends BodySchema>(name: string, shape: StateShape<S>): KeptBy<S>;
  conversation<S extends BodySchema>(name: string, shape: StateShape<S>): KeptBy<S>;
  global<S extends BodySchema>(name: string, shape: StateShape<S>): KeptOnce<S>;
}

/** The states of one plugin, in rows of its own. @throws FriendError `FRIEND_STATE` for a state that is declared wrongly */
export function pluginState(plugin: string): PluginState {
  const names = new Set<string>();
  const declared = <S extends BodySchema>(scope: string, name: string, shape: StateShape<S>): KeptBy<S> => {
    const whole = `${scope}:${name}`;
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw wrong(`${name} is no lower-case name`);
    if (names.has(whole)) throw wrong(`${whole} is declared twice`);
    names.add(whole);
    for (let version = 1; version < shape.version; version += 1) {
      if (shape.migrate?.[version] === undefined) throw wrong(`${whole} cannot lift version ${version}`);
    }
    return keptBy(plugin, whole, shape);
  };
  return {
    user: (name, shape) => declared('user', name, shape),
    conversation: (name, shape) => declared('conversation', name, shape),
    global: (name, shape) => {
      const { get, set, change } = declared('global', name, shape);
      return {
        get: (read) => get(read, ''),
        set: (value) => set('', value),
        change: (read, by) => change(read, '', by),
      };
    },
  };
}

function keptBy<S extends BodySchema>(plugin: string, scope: string, shape: StateShape<S>): KeptBy<S> {
  const write = (key: string, value: unknown): Write => ({
    do: 'put',
    put: { table: 'state', row: { plugin, scope, key, value: written(`${plugin} ${scope}`, shape, value) } },
  });
  const lifted = (text: string | undefined): Output<S> | undefined =>
    text === undefined ? undefined : (read(`${plugin} ${scope}`, shape, text) as Output<S>);
  return {
    get: async (reads, id) => lifted(await reads.state(plugin, scope, id)),
    set: write,
    change: async (reads, id, by) => {
      const text = await reads.state(plugin, scope, id);
      const made = write(id, by(lifted(text)));
      return { ...made, put: { ...made.put, expect: text ?? null } as Write['put'] };
    },
  };
}

function written(name: string, { schema, version }: StateShape<BodySchema>, value: unknown): string | null {
  if (value === undefined) return null;
  const fitting = readBody(schema, value, 'value');
  if (!fitting.ok) throw wrong(`${name}, ${fitting.detail}`);
  const text = toJson({ v: version, value: fitting.body });
  if (utf8Length(text) > stateBytes) throw wrong(`${name} is longer than ${stateBytes} bytes`);
  return text;
}

function read(name: string, { schema, version, migrate = {} }: StateShape<BodySchema>, text: string): unknown {
  const stored = JSON.parse(text) as { readonly v: number; readonly value: unknown };
  if (stored.v > version) {
    throw new FriendError('FRIEND_STATE_NEWER', `${name} is of version ${stored.v}, this program knows ${version}`);
  }
  let { value } = stored;
  for (let from = stored.v; from < version; from += 1) value = migrate[from]?.(value);
  const fitting = readBody(schema, value, 'value');
  if (!fitting.ok) throw wrong(`${name} as it is stored, ${fitting.detail}`);
  return fitting.body;
}

function wrong(detail: string): FriendError {
  return new FriendError('FRIEND_STATE', detail);
}
