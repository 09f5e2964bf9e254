import type { Fact } from '../../protocol/facts.ts';
import type { Intents, Item, Waiting } from '../../widget/core/view.ts';
import { Listener } from './listener.ts';
import { choicesIn, formIn } from './offered.ts';
import { Refused } from './refused.ts';
import { newDevice, type Tab, type TabOptions } from './tab.ts';
import { testToken } from './test-tokens.ts';

/** A message to speak of: as it was heard or said, or by its words. */
export type Meant = { readonly seq: number } | string;

/** Somebody to speak of: a person of the test, or a user's id. */
export type Who = Tab | string;

type Own = Extract<Item, { kind: 'message' }>;

/**
 * A person of a test, in one tab: verbs instead of clicks. Each resolves when the friend has answered and everything that
 * comes of it has settled, and rejects with `Refused` where the friend refuses.
 */
export class Person extends Listener {
  /** Messages that a verb waits for, or did not write. */
  readonly #claimed = new Set<string>();
  readonly #opensMore: (options: Partial<TabOptions>) => Person;

  /** `opensMore` opens another tab; `comes` is what he does first. */
  constructor(
    options: TabOptions,
    opensMore: (options: Partial<TabOptions>) => Person,
    comes?: (person: Person) => Promise<void>,
  ) {
    super(options);
    this.#opensMore = opensMore;
    this.came = comes?.(this) ?? this.came;
    // Whoever speaks first is told; a person who only came has nobody to tell.
    this.came.catch(() => undefined);
  }

  /** Says something in the conversation looked at. Resolves with the message once it is stored. */
  async says(text: string, more: { readonly reply?: Meant; readonly mentions?: readonly Who[] } = {}): Promise<Own> {
    await this.came;
    const reply = more.reply === undefined ? undefined : (await this.#message(more.reply)).seq;
    const mentions = more.mentions && (await Promise.all(more.mentions.map(idOf)));
    return this.#sent({ ref: this.place, text, reply, mentions }, `to say “${text}”`);
  }

  /** Writes without waiting for anything: offline it stays in the outbox. */
  writes(text: string): void {
    this.chat.act('message.send', { ref: this.place, text });
  }

  /** Sends files, and words with them. Resolves with the message once it is stored. */
  async sends(files: File | readonly File[], text = ''): Promise<Own> {
    await this.came;
    const list = [files].flat() as readonly File[];
    const outgoing = list.map(async (file) => ({
      name: file.name,
      type: file.type || 'application/octet-stream',
      blob: file,
    }));
    const what = `to send ${list.map(({ name }) => name).join(', ')}`;
    return this.#sent({ ref: this.place, text, files: outgoing }, what);
  }

  /** Chooses what the newest message offers, by its words or its id. */
  async chooses(label: string): Promise<Fact> {
    const { id: conversation, choices } = await this.#offers(`to choose “${label}”`, (held) => {
      const all = choicesIn(held);
      return { found: all.find((one) => one.label === label || one.id === label), all };
    });
    const { id: choice, seq } = choices;
    return this.does(`to choose “${label}”`, 'message.answer', { conversation, seq, choice });
  }

  /** Fills in the newest form, by the labels or ids of its fields. */
  async fills(values: Readonly<Record<string, string | number | boolean>>): Promise<Fact> {
    const { id: conversation, choices: form } = await this.#offers('for a form', (held) => ({
      found: formIn(held),
      all: [],
    }));
    const { fields, seq } = form;
    const named = Object.entries(values).map(([name, value]) => {
      const field = fields.find(({ id, label }) => id === name || label === name);
      if (field !== undefined) return [field.id, value] as const;
      throw new Error(
        `The form has no field “${name}”. It has: ${fields.map(({ label }) => `“${label}”`).join(', ')}.`,
      );
    });
    return this.does('to fill in the form', 'message.answer', {
      conversation,
      seq,
      values: Object.fromEntries(named),
    });
  }

  /** Gives a message of his own other words; the last one, where none is meant. */
  async edits(text: string, message?: Meant): Promise<Fact> {
    return this.#ofMessage('to edit', 'message.edit', message, { text });
  }

  /** Takes a message away; his own last one, where none is meant. */
  async deletes(message?: Meant): Promise<Fact> {
    return this.#ofMessage('to delete', 'message.delete', message, {});
  }

  /** Sets an emoji under a message, the newest of others where none is meant; `on: false` takes it away. */
  async reacts(emoji: string, message?: Meant, { on = true }: { readonly on?: boolean } = {}): Promise<Fact> {
    return this.#ofMessage('to react', 'message.react', message, { emoji, on }, false);
  }

  /** Begins to write. */
  async types(): Promise<void> {
    await this.came;
    await this.waits(`to see ${this.place}`, () => this.conversation !== undefined);
    this.chat.act('composer.changed', { ref: this.place, empty: false });
    await this.options.stage.time.settle();
  }

  /** Has seen everything in the conversation looked at. */
  async reads(): Promise<void> {
    await this.came;
    await this.waits(`to see ${this.place}`, () => this.conversation?.ready);
    this.chat.act('conversation.seen', { ref: this.place, seq: this.conversation?.items.at(-1)?.seq ?? 0 });
    await this.options.stage.time.settle();
  }

  /** Asks somebody for a relation that he has to agree to: `contact`, `follower`. */
  async asksFor(who: Who, kind: string, note?: string): Promise<Fact> {
    return this.does(`to ask for ${kind}`, 'relation.ask', { user: await idOf(who), kind, ...(note && { note }) });
  }

  /** Agrees to what somebody has asked him for. */
  async accepts(who: Who): Promise<Fact> {
    return this.does('to accept', 'relation.accept', { user: await idOf(who) });
  }

  /** Does not agree. */
  async declines(who: Who): Promise<Fact> {
    return this.does('to decline', 'relation.decline', { user: await idOf(who) });
  }

  /** States how he stands to somebody, where nobody has to agree: `blocked`, `muted`, `distant`, a site's own kind. */
  async sets(who: Who, kind: string): Promise<Fact> {
    return this.does(`to set ${kind}`, 'relation.set', { user: await idOf(who), kind });
  }

  async blocks(who: Who): Promise<Fact> {
    return this.sets(who, 'blocked');
  }

  async unblocks(who: Who): Promise<Fact> {
    return this.does('to unblock', 'relation.end', { user: await idOf(who), slot: 'limit' });
  }

  /** Becomes a colleague by an invite's one-time token. */
  async takesInvite(invite: string): Promise<void> {
    await this.until('to be online', ({ link }) => link.state === 'online');
    (await this.login()).accept(invite);
    await this.until('to be a colleague', ({ me }) => me?.kind === 'colleague');
  }

  /** Becomes a user whom the site has signed; his name in the test is the site's name for him. */
  async signsIn(
    claims: { readonly name?: string; readonly attributes?: Readonly<Record<string, string | number | boolean>> } = {},
  ): Promise<void> {
    const { time } = this.options.stage;
    const token = testToken({ subject: this.name, name: this.name, ...claims }, time.now());
    (await this.login()).identify(token);
    await this.until('to be signed in', ({ link, me }) => link.state === 'online' && me?.verified === true);
    await time.settle();
  }

  /** Another tab of the same browser, which is the same user. */
  tab(conversation = this.place): Person {
    return this.#opensMore({ device: this.options.device, name: this.name, conversation });
  }

  /** Another device of the same user. Who is only a visitor signs in for it, as he has to. */
  async phone(conversation = this.place): Promise<Person> {
    await this.arrives();
    if (this.view.me?.verified !== true) await this.signsIn();
    const phone = this.#opensMore({ device: newDevice(), name: this.name, conversation });
    await phone.signsIn();
    return phone;
  }

  async #ofMessage(what: string, type: string, meant: Meant | undefined, body: object, own = true): Promise<Fact> {
    await this.came;
    const { seq } = await this.#message(meant ?? own);
    return this.does(what, type, { conversation: this.conversation?.id ?? '', seq, ...body });
  }

  /** The message that is meant; `true`: the newest of his own, `false`: of somebody else. */
  #message(meant: Meant | boolean): Promise<Own> {
    const isMeant = (item: Own): boolean => {
      if (typeof meant === 'boolean') return (item.by === this.userId) === meant;
      return typeof meant === 'string' ? item.text === meant : item.seq === meant.seq;
    };
    const what = typeof meant === 'string' ? `for the message “${meant}”` : 'for a message to speak of';
    return this.waits(what, () => this.conversation?.items.filter((item) => item.kind === 'message').findLast(isMeant));
  }

  async #offers<T>(
    what: string,
    look: (held: NonNullable<Tab['conversation']>) => {
      readonly found: T | undefined;
      readonly all: readonly { readonly label: string }[];
    },
  ): Promise<{ readonly id: string; readonly choices: T }> {
    await this.came;
    let offered = '';
    try {
      return await this.waits(what, () => {
        const held = this.conversation;
        if (held === undefined) return undefined;
        const { found, all } = look(held);
        offered = all.map(({ label }) => `“${label}”`).join(', ');
        return found && { id: held.id, choices: found };
      });
    } catch (error) {
      throw new Error(
        `${error instanceof Error ? error.message : error} Offered: ${offered === '' ? 'nothing' : offered}.`,
      );
    }
  }

  /** Sends a message, and resolves with it once it is stored. */
  async #sent(message: Intents['message.send'], what: string): Promise<Own> {
    let id: string | undefined;
    const claim = (): void => {
      id ??= this.view.waiting.find((one) => !this.#claimed.has(one.id))?.id;
      if (id !== undefined) this.#claimed.add(id);
    };
    for (const { id: earlier } of this.view.waiting) this.#claimed.add(earlier);
    // The outbox keeps it before it shows it, and it may be stored before anybody looks again.
    const stop = this.chat.subscribe(claim);
    this.chat.act('message.send', message);
    claim();
    try {
      const found = await this.waits(`${what}, and for it to be stored`, () => this.#outcome(id));
      if ('kind' in found) return found;
      throw new Refused(this.name, what, found.code ?? 'failed');
    } finally {
      stop();
    }
  }

  /** The message that an action became, or what was set aside; nothing while it is on its way. */
  #outcome(id: string | undefined): Own | Waiting | undefined {
    const entry = this.view.waiting.find((one) => one.id === id);
    if (id === undefined || entry !== undefined) return entry?.state === 'failed' ? entry : undefined;
    return this.#messages().findLast(({ re }) => re === id);
  }

  #messages(): readonly Own[] {
    return Object.values(this.view.conversations).flatMap(({ items }) =>
      items.filter((item) => item.kind === 'message'),
    );
  }
}

async function idOf(who: Who): Promise<string> {
  return typeof who === 'string' ? who : who.id();
}
