import { Chat } from '../../widget/core/chat.ts';
import type { Keep, OutboxStore } from '../../widget/core/ports.ts';
import { Uploads } from '../../widget/core/uploads.ts';
import type { Conversation, View } from '../../widget/core/view.ts';
import { memoryOutbox } from '../../widget/stores/memory.ts';
import { Hearing } from './heard.ts';
import { inProcessTransport } from './in-process.ts';
import { inProcessCarrier } from './in-process-carrier.ts';
import { type Conditions, type Way, wayOver } from './network.ts';
import type { Seeded } from './seeded.ts';
import { keepInMemory } from './speaker.ts';
import type { Stage } from './stage.ts';
import { waited } from './waiting.ts';

/** One browser, or one phone: who has it is one user, in all its tabs. */
export interface Device {
  readonly keep: Keep;
  readonly outbox: OutboxStore;
}

/** A new device, which nobody has used. */
export function newDevice(): Device {
  return { keep: keepInMemory(), outbox: memoryOutbox() };
}

export interface TabOptions {
  readonly stage: Stage;
  readonly conditions: () => Conditions;
  readonly chance: Seeded;
  readonly device: Device;
  readonly name: string;
  /** What is looked at first: `support`, `room:NAME`, `user:u_…`, an id, or `inbox` for the list. */
  readonly conversation: string;
}

/** The key under which a device keeps its secret. */
export const secretKey = 'secret';

/** One tab without a screen: the widget's own core, on a network that can be bad. */
export class Tab {
  readonly name: string;
  protected readonly options: TabOptions;
  protected place: string;
  #heard = new Hearing();
  #chat: Chat;
  #way: Way;

  constructor(options: TabOptions) {
    this.options = options;
    this.name = options.name;
    this.place = options.conversation;
    [this.#chat, this.#way] = this.#opened();
  }

  /** What his browser keeps. */
  get device(): Device {
    return this.options.device;
  }

  /** The widget's core behind this tab, for what has no verb here. */
  get chat(): Chat {
    return this.#chat;
  }

  /** What the widget would draw. */
  get view(): View {
    return this.#chat.view;
  }

  /** All that was told to this tab since it was loaded. */
  get heard(): Hearing {
    return this.#heard;
  }

  /** The conversation looked at, once the friend has told it. */
  get conversation(): Conversation | undefined {
    return this.view.conversations[this.view.refs[this.place] ?? this.place];
  }

  /** The texts on the screen, in order: messages, and who joined, left or renamed. */
  get screen(): readonly string[] {
    return (this.conversation?.items ?? []).map((item) => {
      if (item.kind === 'message') return item.deleted ? '(deleted)' : item.text;
      return item.kind === 'renamed' ? `renamed ${item.name}` : `${item.person.name} ${item.kind}`;
    });
  }

  /** Who this is to the friend; undefined until it was said. */
  get userId(): string | undefined {
    return this.view.me?.id;
  }

  /** Resolves with the user's id once the friend has said it. */
  id(): Promise<string> {
    return this.until('to be known', ({ me }) => me?.id);
  }

  /** Resolves with what `look` finds in the view, at once or later. @throws Error that says what there was instead */
  until<T>(what: string, look: (view: View) => T | false | undefined): Promise<T> {
    return this.waits(what, () => look(this.view));
  }

  /** The network is gone: the stream ends, and what is written waits. */
  async offline(): Promise<void> {
    this.#way.offline();
    await this.options.stage.time.settle();
  }

  /** The network is there again, and the tab dials at once, as browsers do. */
  async online(): Promise<void> {
    this.#way.online();
    this.#chat.act('link.retry', {});
    await this.until('to be online again', ({ link }) => link.state === 'online');
  }

  /** Loads the page again: the same person, with what was kept and nothing else. */
  async reloads(): Promise<void> {
    await this.leaves();
    this.#heard = new Hearing();
    [this.#chat, this.#way] = this.#opened();
    await this.id();
  }

  /** Closes the tab. */
  async leaves(): Promise<void> {
    await this.#chat.destroy();
    await this.options.stage.time.settle();
  }

  /** Signing in, which a page loads when it needs it. */
  protected async login(): Promise<Awaited<ReturnType<Chat['login']>>> {
    const { time } = this.options.stage;
    time.begins();
    try {
      return await this.#chat.login();
    } finally {
      time.ends();
    }
  }

  protected waits<T>(what: string, look: () => T | false | undefined): Promise<T> {
    return waited(
      this.options.stage.time,
      look,
      `${this.name} waited ${what}, but it did not come`,
      () => this.situation,
    );
  }

  /** What there is instead of what was waited for. */
  protected get situation(): string {
    const { link, waiting } = this.view;
    const { complaints, isRunning } = this.options.stage;
    const complained = complaints.length > 0 ? ` The friend complained: ${complaints.slice(-3).join(' · ')}` : '';
    const away = isRunning ? '' : ' The friend is away.';
    const screen = this.screen.slice(-10).map((text) => `“${text}”`);
    const seen = screen.length > 0 ? screen.join(', ') : 'nothing';
    return `In ${this.place} he sees ${seen}. Link: ${link.state}; unsent: ${waiting.length}.${away}${complained}`;
  }

  #opened(): [Chat, Way] {
    const { chance, conditions, device, name, stage } = this.options;
    const { addresses, builtin, door, time } = stage;
    const stream = inProcessTransport({ ...addresses, builtin, clock: time });
    const heard = this.#heard;
    const way = wayOver(stream, time, conditions);
    const transport = {
      ...way.transport,
      open: (events: Parameters<typeof stream.open>[0]) =>
        way.transport.open({
          up: () => events.up(),
          frame(json) {
            heard.take(json);
            events.frame(json);
          },
          bounced: () => events.bounced(),
          down: (ended) => events.down(ended),
        }),
    };
    const random = (count: number): Uint8Array => chance.bytes(count);
    const chat: Chat = new Chat({
      ...{ transport, random, secretKey, name, keep: device.keep, outbox: device.outbox },
      clock: time,
      conversation: this.place,
      files: async (session, state) =>
        new Uploads(
          { session, state, clock: time, random, ask: async (type, body) => chat.ask(type, body) },
          inProcessCarrier(door, time),
        ),
    });
    chat.act('panel.open', {});
    return [chat, way];
  }
}
