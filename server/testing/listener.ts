import type { Fact } from '../../protocol/facts.ts';
import { type Expected, type Message, said } from './heard.ts';
import { granted } from './refused.ts';
import { type Span, spanOf } from './spans.ts';
import { Tab } from './tab.ts';

/** How long nothing has to come for it to be nothing. */
const silence = '5s';

/** Somebody who comes, hears and sees, and sends what has no verb of its own. */
export class Listener extends Tab {
  /** Resolves when he is who he is to be; every verb waits for it first. */
  protected came: Promise<void> = Promise.resolve();

  /** Resolves when he is there: online, and who he is to be. Every other verb waits for it by itself. */
  async arrives(): Promise<this> {
    await this.came;
    await this.until('to be online', ({ link, me }) => link.state === 'online' && me !== undefined);
    await this.options.stage.time.settle();
    return this;
  }

  /** Resolves with the next message of somebody else that fits; each is heard once. */
  async hears(expected: Expected): Promise<Message> {
    await this.came;
    return this.waits(`to hear ${said(expected)}`, () => this.heard.message(expected, this.userId));
  }

  /** Resolves once the conversation looked at shows these words, whoever said them. */
  async sees(text: string | RegExp): Promise<void> {
    await this.came;
    await this.waits(`to see ${said(text)}`, () =>
      this.screen.some((line) => (typeof text === 'string' ? line === text : line.search(text) >= 0)),
    );
    this.heard.saw(this.conversation?.id ?? '');
  }

  /** Lets everything settle, and five seconds of the chat's time pass. @throws Error that names what came all the same */
  async hearsNothing(span: Span = silence): Promise<void> {
    await this.came;
    await this.options.stage.time.pass(spanOf(span));
    const came = this.heard.untaken(this.userId).map(({ text }) => `“${text}”`);
    if (came.length > 0) throw new Error(`${this.name} was to hear nothing, and heard ${came.join(', ')}.`);
  }

  /** Resolves with the next fact of a type that fits: a team's own, or one of the protocol. */
  async hearsFact(type: string, test: (fact: Fact) => boolean = () => true): Promise<Fact> {
    await this.came;
    return this.waits(`for the fact ${type}`, () => this.heard.fact(type, test));
  }

  /** Sends an action, the team's own or the protocol's, as a page does. Resolves with its answer, which may be an `error`. */
  async emits(type: string, body: unknown): Promise<Fact> {
    await this.came;
    let answer: Fact | undefined;
    void this.chat.wish(type, body).then((fact) => {
      answer = fact;
    });
    return this.waits(`for the answer to ${type}`, () => answer);
  }

  /** Looks at another conversation, or with `inbox` at the list. Resolves when its newest page is there. */
  async opens(conversation: string | Tab): Promise<void> {
    await this.came;
    this.place = typeof conversation === 'string' ? conversation : `user:${await conversation.id()}`;
    if (this.place === 'inbox') {
      this.chat.act('screen.show', { at: 'list' });
      await this.until('to see the list', ({ listed }) => listed);
    } else {
      this.chat.act('screen.show', { at: 'conversation', ref: this.place });
      await this.waits(`to see ${this.place}`, () => this.conversation?.ready);
    }
  }

  protected override get situation(): string {
    const heard = this.heard.messages(this.userId).slice(-10);
    const words = heard.map(({ text }) => `“${text}”`).join(', ');
    return `He has heard ${words === '' ? 'nothing' : words}. ${super.situation}`;
  }

  /** Carries out one action of the protocol. */
  protected async does(what: string, type: string, body: object): Promise<Fact> {
    const answer = await this.emits(type, body);
    await this.options.stage.time.settle();
    return granted(this.name, what, answer);
  }
}
