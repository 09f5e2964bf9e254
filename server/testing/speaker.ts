import { Chat } from '../../widget/core/chat.ts';
import type { Clock, Keep, Random } from '../../widget/core/ports.ts';
import type { Conversation, Item, View } from '../../widget/core/view.ts';
import { xmppTransport } from '../../widget/transport/xmpp.ts';

export interface SpeakerOptions {
  /** The XMPP server's WebSocket. */
  readonly service: string;
  /** The host where visitors sign in. */
  readonly domain: string;
  /** The friend's address. */
  readonly friend: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly name: string;
  /** What this person looks at first: `room:lobby`, `support`, `user:u_…`, an id, or `inbox` for the list. */
  readonly conversation: string;
  /** Where the device secret stays: two speakers with the same one are the same person. Fresh where absent. */
  readonly keep?: Keep;
}

/** How long a speaker waits for what should come, milliseconds. */
const patience = 5_000;

type Message = Extract<Item, { kind: 'message' }>;

/** A person without a screen: the widget's own core and transport, and words instead of clicks. */
export class Speaker {
  readonly name: string;
  readonly chat: Chat;
  readonly #clock: Clock;
  #place: string;

  constructor({ name, conversation, clock, random, keep = keepInMemory(), ...addresses }: SpeakerOptions) {
    this.name = name;
    this.#clock = clock;
    this.#place = conversation;
    const transport = xmppTransport({ ...addresses, clock });
    this.chat = new Chat({ transport, clock, random, keep, secretKey: 'secret', conversation, name });
    this.chat.act('panel.open', {});
  }

  get view(): View {
    return this.chat.view;
  }

  /** The conversation looked at, once the friend has told it. */
  get conversation(): Conversation | undefined {
    return this.view.conversations[this.view.refs[this.#place] ?? this.#place];
  }

  /** Looks at another conversation. */
  opens(conversation: string): void {
    this.#place = conversation;
    this.chat.act('screen.show', { at: 'conversation', ref: conversation });
  }

  /** Writes and sends; it waits by itself where there is no link. */
  says(text: string): void {
    this.chat.act('message.send', { ref: this.#place, text });
  }

  /** Begins to write. */
  types(): void {
    this.chat.act('composer.changed', { ref: this.#place, empty: false });
  }

  /** Has seen everything in the conversation looked at. */
  reads(): void {
    const { items = [] } = this.conversation ?? {};
    this.chat.act('conversation.seen', { ref: this.#place, seq: items.at(-1)?.seq ?? 0 });
  }

  /** Becomes a colleague by an invite's one-time token. */
  accepts(invite: string): void {
    void this.chat.login().then((login) => login.accept(invite));
  }

  /** Resolves with the message once somebody else has said `text`. @throws Error after 5 s */
  hears(text: string): Promise<Message> {
    const said = (view: View): Message | undefined =>
      Object.values(view.conversations)
        .flatMap(({ items }) => items)
        .filter((item) => item.kind === 'message')
        .find((item) => item.text === text && item.by !== view.me?.id);
    return this.until(`to hear “${text}”`, said);
  }

  /** Resolves once the friend has stored everything that this person said. @throws Error after 5 s */
  async isHeard(): Promise<void> {
    await this.until('to be heard', ({ waiting }) => waiting.length === 0);
  }

  /** Resolves with what `look` finds in the view, at once or after a change. @throws Error after 5 s */
  until<T>(what: string, look: (view: View) => T | false | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const redraw = (): void => {
        const found = look(this.view);
        if (found === undefined || found === false) return;
        end();
        resolve(found);
      };
      const stopWatching = this.chat.subscribe(redraw);
      const cancel = this.#clock.after(patience, () => {
        end();
        reject(new Error(`${this.name} waited ${patience} ms ${what}. ${this.#situation()}`));
      });
      const end = (): void => {
        stopWatching();
        cancel();
      };
      redraw();
    });
  }

  /** Ends the stream and every timer. */
  async leaves(): Promise<void> {
    await this.chat.destroy();
  }

  #situation(): string {
    const { link, waiting } = this.view;
    const texts = this.conversation?.items.map((item) => (item.kind === 'message' ? item.text : item.kind));
    return `Link: ${link.state}; unsent: ${waiting.length}; in view: ${JSON.stringify(texts ?? [])}`;
  }
}

/** Keeps what has to outlive one speaker for the next: the same person comes back. */
export function keepInMemory(): Keep {
  const kept = new Map<string, string>();
  return {
    durable: false,
    get: (key) => kept.get(key),
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
    clear: (prefix) => {
      for (const key of kept.keys()) if (key.startsWith(prefix)) kept.delete(key);
    },
  };
}
