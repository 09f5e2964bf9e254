import type { Catalogue, NoEvents } from '../core/events.ts';
import type { Friend } from '../core/friend.ts';
import type { Plugin } from '../core/plugin.ts';
import type { RelationSlots } from '../core/relation-kinds.ts';
import type { Roles } from '../core/roles.ts';
import type { DeskOptions } from '../plugins/desk/options.ts';

/** A site's own logic: the default export of its `befriend.config.ts`. */
export interface Config<E extends Catalogue = NoEvents> {
  /** What the friend is called in other clients; Befriend where absent. */
  readonly name?: string;
  /** The kinds of relations between people; the shipped ones where absent. */
  readonly relations?: RelationSlots;
  /** What each role of a group allows; the shipped table where absent. */
  readonly roles?: Roles;
  /** The role of who begins a room with his message; `member` where absent. */
  readonly firstSpeaker?: string;
  /** People may choose another name than the site has signed; it is not verified then. */
  readonly rename?: boolean;
  /** The site's own types of action and fact; `setup` knows their bodies. */
  readonly events?: E;
  /** The helpdesk; without it colleagues take by themselves what visitors ask. */
  readonly desk?: DeskOptions;
  /** Installed after all that is shipped, in this order. */
  readonly plugins?: readonly Plugin[];
  /** Adds rules, reactions and middleware, after the plugins. */
  setup?(friend: Friend<E>): void;
}

/** Gives a configuration its type: `setup` is given a friend that knows `events`. */
export function defineConfig<E extends Catalogue = NoEvents>(config: Config<E>): Config {
  return config as unknown as Config;
}
