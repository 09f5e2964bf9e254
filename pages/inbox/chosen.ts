import type { Keep } from '../../widget/core/ports.ts';
import type { InboxOptions } from './host.ts';

/** What a colleague has chosen for this browser, as one entry of what it keeps; what is not understood counts for nothing. */
export function chosenIn(keep: Pick<Keep, 'get' | 'set'>, key: string): InboxOptions['chosen'] {
  return {
    get: () => {
      try {
        const { keys, look } = Object(JSON.parse(keep.get(key) ?? '{}')) as Record<string, unknown>;
        return {
          ...(typeof keys === 'boolean' ? { keys } : {}),
          ...(look === 'light' || look === 'dark' || look === 'auto' ? { look } : {}),
        };
      } catch {
        return {};
      }
    },
    set: ({ keys, look }) => keep.set(key, JSON.stringify({ keys, look })),
  };
}
