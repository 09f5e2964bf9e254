import { readBody } from '../../protocol/read-body.ts';
import { FriendError } from './errors.ts';
import type { BodySchema, Catalogue, Input, NoEvents, Output } from './events.ts';
import type { Plugin, PluginHost } from './plugin.ts';

interface Definition<E extends Catalogue> extends Pick<Plugin, 'name' | 'needs'> {
  /** Types of its own; its host knows their bodies. */
  readonly events?: E;
}

/**
 * A plugin that is configured: what it returns takes the configuration, and gives what `friend.plug()` takes.
 *
 * ```ts
 * const greeter = definePlugin({
 *   name: 'greeter',
 *   config: v.strictObject({ words: v.string() }),
 *   install(host, { words }) { … },
 * });
 * friend.plug(greeter({ words: 'Hello!' }));
 * ```
 *
 * @throws FriendError `FRIEND_PLUGIN_CONFIG` with the path, when a configuration is given that does not fit
 */
export function definePlugin<C extends BodySchema, E extends Catalogue = NoEvents>(
  definition: Definition<E> & { readonly config: C; install(host: PluginHost<E>, config: Output<C>): void },
): (config: Input<C>) => Plugin;
export function definePlugin<E extends Catalogue = NoEvents>(
  definition: Definition<E> & { readonly config?: undefined; install(host: PluginHost<E>): void },
): () => Plugin;
export function definePlugin(
  definition: Definition<Catalogue> & {
    readonly config?: BodySchema | undefined;
    install(host: PluginHost<Catalogue>, config: unknown): void;
  },
): (config?: unknown) => Plugin {
  const { name, needs, events } = definition;
  return (given) => {
    const config = configOf(definition.name, definition.config, given);
    return {
      name,
      ...(needs === undefined ? {} : { needs }),
      install: (host) => {
        const known = host as unknown as PluginHost<Catalogue>;
        definition.install(events === undefined ? known : known.events(events), config);
      },
    };
  };
}

function configOf(plugin: string, schema: BodySchema | undefined, given: unknown): unknown {
  if (schema === undefined) return undefined;
  const read = readBody(schema, given, 'config');
  if (!read.ok) throw new FriendError('FRIEND_PLUGIN_CONFIG', `${plugin}, ${read.detail}`);
  return read.body;
}
