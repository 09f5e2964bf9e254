type Listener = (...args: readonly never[]) => void;

/**
 * What @xmpp/websocket's socket takes from @xmpp/events: to be listened to, and to listen. The build puts it in the place
 * of that package and of Node's `events` behind it, which are twenty times as large. An `error` that nobody hears is
 * thrown, as there.
 */
export class EventEmitter {
  readonly #listeners = new Map<string, readonly Listener[]>();

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  emit(event: string, ...args: readonly unknown[]): boolean {
    const listeners = this.#listeners.get(event);
    if (!listeners && event === 'error') throw args[0];
    for (const listener of listeners ?? []) listener(...(args as readonly never[]));
    return listeners !== undefined;
  }
}

/** Listeners by event, to be set on a target and taken away from it together. */
export function listeners(events: Readonly<Record<string, (event: Event) => void>>): {
  subscribe(target: EventTarget): void;
  unsubscribe(target: EventTarget): void;
} {
  const each = Object.entries(events);
  return {
    subscribe: (target) => {
      for (const entry of each) target.addEventListener(...entry);
    },
    unsubscribe: (target) => {
      for (const entry of each) target.removeEventListener(...entry);
    },
  };
}
