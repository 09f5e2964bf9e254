type Listener = (...args: readonly unknown[]) => void;

/**
 * The five calls of Node's EventEmitter that xmpp.js and ltx make in a page. The build puts it in place of the `events`
 * package, which is ten times as large. Like there, an `error` that nobody hears is thrown.
 */
export class EventEmitter {
  readonly #listeners = new Map<string, readonly Listener[]>();

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  once(event: string, listener: Listener): this {
    const once: Listener = (...args) => {
      this.removeListener(event, once);
      listener(...args);
    };
    onceOf.set(listener, once);
    return this.on(event, once);
  }

  addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }

  removeListener(event: string, listener: Listener): this {
    const once = onceOf.get(listener);
    const left = this.#listeners.get(event)?.filter((other) => other !== listener && other !== once);
    this.#listeners.set(event, left ?? []);
    return this;
  }

  emit(event: string, ...args: readonly unknown[]): boolean {
    const listeners = this.#listeners.get(event) ?? [];
    if (listeners.length === 0 && event === 'error') throw args[0];
    for (const listener of listeners) listener(...args);
    return listeners.length > 0;
  }
}

/** What stands in the list for a listener that is to be called once. */
const onceOf = new WeakMap<Listener, Listener>();

export default EventEmitter;
