import type { Plugin, PluginHost } from '../core/plugin.ts';
import type { Config } from '../package/config.ts';
import type { Life } from './life.ts';

/**
 * The same logic, with all its reactions under way known to `life`: nothing counts as settled while one runs, and none
 * that a crash has interrupted comes to anything.
 */
export function waitedFor(config: Config, life: Life): Config {
  const { plugins, setup } = config;
  return {
    ...config,
    ...(plugins && { plugins: plugins.map((plugin) => waitedPlugin(plugin, life)) }),
    ...(setup && {
      setup: (friend) => {
        Object.defineProperty(friend, 'after', { value: tracking(friend, friend.after, life), configurable: true });
        setup.call(config, friend);
      },
    }),
  };
}

function waitedPlugin(plugin: Plugin, life: Life): Plugin {
  const install = (host: PluginHost): void => {
    const after = tracking(host, host.after, life);
    plugin.install(instead(instead(host, 'after', after), 'clock', life.forPlugins));
  };
  return instead(plugin, 'install', install);
}

/** The same object, with one member in place of its own. */
function instead<T extends object>(whole: T, name: keyof T, member: unknown): T {
  return new Proxy(whole, {
    get(target, key) {
      if (key === name) return member;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** `after`, with whatever function it is given tracked where that takes time. */
function tracking(owner: object, after: unknown, life: Life): (...args: readonly unknown[]) => unknown {
  const tracked = (given: unknown): unknown => {
    if (typeof given !== 'function') return given;
    return (...args: readonly unknown[]) => {
      const result: unknown = given(...args);
      return result instanceof Promise ? life.track(result, true) : result;
    };
  };
  return (...args) => Reflect.apply(after as (...args: unknown[]) => unknown, owner, args.map(tracked));
}
