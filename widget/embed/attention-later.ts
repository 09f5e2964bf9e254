import type { Attention, AttentionOptions } from './attention.ts';

/** What calls the person, and what a phone needs: loaded at the first occasion. */
export interface Later {
  /** Loads the switches. */
  readonly attention: () => Promise<Attention>;
  /** To be called before the view is drawn: what is looked at is not read yet then, and so is told to the other tabs. */
  readonly look: () => void;
  readonly destroy: () => void;
}

/** Nothing is loaded before a message is unread, or the panel is open on a phone. */
export function laterOf(options: AttentionOptions): Later {
  let loading: Promise<Attention> | undefined;
  const attention = (): Promise<Attention> => {
    loading ??= import('./attention.ts').then((loaded) => new loaded.Attention(options));
    return loading;
  };
  return {
    attention,
    look: () => {
      const { open, unread } = options.chat.view;
      // So wide is a phone that lies: it may be turned.
      if (unread || (open && innerWidth < 960)) attention().catch(console.error);
    },
    destroy: () => void loading?.then((loaded) => loaded.destroy()),
  };
}
