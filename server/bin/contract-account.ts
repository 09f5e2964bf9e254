import type { StanzaTree } from '../core/ports.ts';
import { childOf, element, elementsOf, textOf } from '../native/tree.ts';
import type { Stage } from './contract-stage.ts';

/** The friend's address on the stage. */
export const friend = 'friend.example.com';

/** An account with an ordinary client, as the friend sees it. */
export class Account {
  readonly bare: string;
  readonly #stage: Stage;
  #soFar = 0;

  constructor(stage: Stage, bare: string) {
    this.#stage = stage;
    this.bare = bare;
  }

  /** Everything that was sent to this account, in order. */
  get heard(): StanzaTree[] {
    return this.#stage.transport.stanzas.filter(({ attrs }) => attrs.to?.split('/')[0] === this.bare);
  }

  /** The texts of what was sent, each after the address that it came from. */
  get texts(): string[] {
    return this.heard.flatMap((stanza) => {
      const body = childOf(stanza, 'body');
      return body === undefined ? [] : `${stanza.attrs.from?.replace(`@${friend}`, '')}: ${textOf(body)}`;
    });
  }

  /** Names of the children, for messages and presence that say something without words. */
  signs(): string[] {
    return this.heard.flatMap((stanza) =>
      childOf(stanza, 'body') === undefined
        ? `${stanza.name} ${stanza.attrs.type ?? ''} ${elementsOf(stanza)
            .map(({ name, attrs }) => (attrs.id === undefined ? name : `${name} ${attrs.id}`))
            .join(' ')}`.trim()
        : [],
    );
  }

  stanza(name: string, attrs: Record<string, string>, ...children: StanzaTree['children']): StanzaTree {
    const id = `s${this.#soFar++}`;
    return { name, attrs: { from: `${this.bare}/phone`, id, ...attrs }, children };
  }

  /** Sends a stanza; returns it. */
  sends(stanza: StanzaTree): StanzaTree {
    this.#stage.transport.events?.stanza(stanza);
    return stanza;
  }

  says(to: string, text: string, ...more: StanzaTree[]): StanzaTree {
    return this.sends(this.stanza('message', { to, type: 'chat' }, element('body', {}, text), ...more));
  }

  comes(): void {
    this.sends(this.stanza('presence', { to: friend }));
  }

  leaves(): void {
    this.#stage.transport.events?.gone(`${this.bare}/phone`);
  }

  asks(to: string, query: StanzaTree): StanzaTree {
    return this.sends(this.stanza('iq', { to, type: 'get' }, query));
  }

  /** The error or the result that answers. */
  answerTo({ attrs }: StanzaTree): StanzaTree | undefined {
    return this.heard.find((one) => one.attrs.id === attrs.id && ['result', 'error'].includes(one.attrs.type ?? ''));
  }
}

/** The condition of an error. */
export function conditionOf(stanza: StanzaTree | undefined): string | undefined {
  const error = stanza && childOf(stanza, 'error');
  return error && elementsOf(error)[0]?.name;
}

/** Lets everything that waits come to rest: many turns of the event loop. */
export async function rest(turns = 60): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
