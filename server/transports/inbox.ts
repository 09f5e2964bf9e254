/** What arrived and was not looked at yet, in order. For tests: nothing waits by time. */
export interface Inbox<T> {
  put(item: T): void;
  /** The next item, as soon as there is one. */
  next(): Promise<T>;
  /** The next `count` items. */
  take(count: number): Promise<T[]>;
  /** Items until one fits, which is returned; those before it are passed over. */
  until(fits: (item: T) => boolean): Promise<T>;
  /** How many wait to be taken. */
  readonly size: number;
}

/** An empty inbox. */
export function inbox<T>(): Inbox<T> {
  const items: T[] = [];
  const readers: ((item: T) => void)[] = [];

  async function next(): Promise<T> {
    const item = items.shift();
    return item ?? new Promise<T>((resolve) => readers.push(resolve));
  }

  return {
    put(item) {
      const reader = readers.shift();
      if (reader) reader(item);
      else items.push(item);
    },
    next,
    async take(count) {
      const taken: T[] = [];
      while (taken.length < count) taken.push(await next());
      return taken;
    },
    async until(fits) {
      for (;;) {
        const item = await next();
        if (fits(item)) return item;
      }
    },
    get size() {
      return items.length;
    },
  };
}
