import * as server from '../../../server/package/server.ts';
import { type TestChat, testChat } from '../../../server/testing/test-chat.ts';
import { testToken } from '../../../server/testing/test-tokens.ts';
import { mount, type Widget } from '../../../widget/package/befriend.ts';
import type { CodeFault } from '../code/compiled.ts';
import { faultOf, loaded } from '../code/loaded.ts';
import { Causes } from '../line/causes.ts';
import { InTurn } from './in-turn.ts';
import type { Somebody } from './people.ts';
import { Sockets } from './sockets.ts';

type Config = server.Config;

/** How often the chat's time follows the clock on the wall, milliseconds. */
const tempo = 100;

const importable = { 'befriend/server': server, valibot: server.v };

/** What came of a wish to run other logic. */
export type Ran = { readonly fault?: CodeFault & { readonly isSyntax?: boolean } };

/** A friend with somebody's own logic in this page, the widgets of those who speak to it, and what happened. */
export class Playing {
  readonly causes = new Causes();
  readonly #sockets = new Sockets();
  readonly #turns = new InTurn();
  readonly #widgets = new Map<string, Widget>();
  #chat: TestChat | undefined;
  #config: Config = {};
  #conversation = 'room:lobby';
  #round = 0;
  #at = performance.now();

  /** The chat's time, milliseconds since 1970. */
  get now(): number {
    return this.#chat?.now ?? Date.now();
  }

  /** Another with every friend that begins anew: widgets of an earlier one are over. */
  get round(): number {
    return this.#round;
  }

  /** Where the people meet. */
  get conversation(): string {
    return this.#conversation;
  }

  /**
   * Goes on with the logic in `js`, a CommonJS module, on what is stored; with another `conversation` everything begins anew.
   * Where it cannot be loaded or started the logic before goes on.
   */
  run(js: string, conversation = this.#conversation): Promise<Ran> {
    return this.#turns.run(async () => {
      const found = await loaded(js, importable);
      if ('fault' in found) return found;
      const { value } = found;
      if (typeof value !== 'object' || value === null)
        return { fault: { message: 'Nothing is exported: write export default defineConfig({ … }).' } };
      const before = { config: this.#config, conversation: this.#conversation };
      try {
        this.#config = value as Config;
        this.#conversation = conversation;
        if (this.#chat === undefined || conversation !== before.conversation) await this.#begin();
        else await this.#chat.reload(this.#config);
        this.#at = performance.now();
        return {};
      } catch (error) {
        this.#config = before.config;
        this.#conversation = before.conversation;
        await this.#chat?.reload(this.#config).catch(() => undefined);
        return { fault: faultOf(error) };
      }
    });
  }

  /** Forgets all that was said: a new friend with the same logic. */
  reset(): Promise<void> {
    return this.#turns.run(() => this.#begin());
  }

  /** Lets time pass at once: `1h`, `1 day`. */
  later(span: string): Promise<void> {
    return this.#turns.run(async () => {
      await this.#chat?.later(span);
      this.#at = performance.now();
    });
  }

  /** Puts somebody's widget into `element`. Returns what takes it away. */
  seat(element: Element, { id, name, isColleague }: Somebody): () => void {
    const { addresses } = this.#mustRun();
    const widget = mount(element, {
      ...addresses,
      service: this.#sockets.serviceOf(id),
      mode: 'inline',
      open: '',
      name,
      conversation: isColleague ? 'inbox' : this.#conversation,
      title: isColleague ? 'Inbox' : 'Chat',
      scope: `${id}-${this.#round}`,
      consent: 'none',
      attention: 'none',
      locale: 'en-GB',
      page: 'off',
      features: 'people groups presence profile reactions search',
    });
    if (isColleague) widget.identify(() => testToken({ subject: id, name, role: 'colleague' }, this.now));
    this.#widgets.set(id, widget);
    return () => {
      if (this.#widgets.get(id) === widget) this.#widgets.delete(id);
      void widget.destroy({ forget: true });
    };
  }

  /** Sends an event of a team's own as somebody's page does. Resolves with the answer's type. */
  async emit(id: string, type: string, body: unknown): Promise<string> {
    const emit = this.#widgets.get(id)?.emit as
      | ((type: string, body: unknown) => Promise<{ type: string }>)
      | undefined;
    if (emit === undefined) return 'nobody';
    return (await emit(type, body)).type;
  }

  /** Cuts somebody's network, or gives it back. */
  cut(id: string, isOffline: boolean): void {
    this.#sockets.cut(id, isOffline);
  }

  /** Forgets somebody who has gone. */
  forget(id: string): void {
    this.#sockets.forget(id);
  }

  /** Ends it: sockets of this page lead out of it again. */
  stop(): Promise<void> {
    this.#sockets.disable();
    return this.#turns.run(async () => this.#chat?.stop());
  }

  /** Lets the chat's time follow the clock on the wall. Returns what ends that. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (this.#turns.isBusy || this.#chat === undefined) return;
      void this.#turns.run(async () => {
        const now = performance.now();
        const passed = Math.min(1_000, now - this.#at);
        this.#at = now;
        await this.#chat?.later(Math.round(passed));
      });
    }, tempo);
    return () => clearInterval(timer);
  }

  async #begin(): Promise<void> {
    if (this.#round === 0) this.#sockets.enable();
    const next = await testChat(this.#config, { now: this.now, web: 'web', conversation: this.#conversation });
    const old = this.#chat;
    this.#chat = next;
    this.#round += 1;
    this.#sockets.leadTo(next.stage.builtin);
    this.causes.clear();
    for (const step of next.trace.all) this.causes.add(step);
    next.trace.listen((step) => this.causes.add(step));
    this.#at = performance.now();
    await old?.stop();
  }

  #mustRun(): TestChat {
    if (this.#chat === undefined) throw new Error('Nothing runs yet: await playing.run() first.');
    return this.#chat;
  }
}
