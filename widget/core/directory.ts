import type { AnyFact } from '../../protocol/facts.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';
import type { Screen } from './view.ts';

/** Who is shown whom a group has removed for good; a site's own roles are not. */
const banning = ['owner', 'admin', 'colleague'];

/** Fetches what the screens about people show, each time one of them is looked at. */
export class Directory {
  readonly #session: Session;
  readonly #state: State;
  /** Whom the pages of the list under way have named. */
  #listing = new Set<string>();
  /** Whether it is counted who waits for an answer, on whichever screen. */
  #wanted = false;

  constructor(session: Session, state: State) {
    this.#session = session;
    this.#state = state;
  }

  shown(screen: Screen, wanted = false): void {
    if (wanted || screen.at === 'people' || screen.at === 'new-group') this.#list();
    if (screen.at === 'person') this.#session.ask('user.show', { user: screen.user });
    else if (screen.at === 'group') this.#group(screen.id);
    else if (screen.at === 'me') this.#session.ask('device.list', {});
  }

  /** Fetches what stands between people now, and again after each opening. */
  wanted(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#list();
  }

  #group(conversation: string): void {
    this.#session.ask('member.list', { conversation });
    const { role = '' } = this.#state.view.conversations[conversation] ?? {};
    if (banning.includes(role)) this.#session.ask('member.list', { conversation, banned: true });
  }

  #list(): void {
    this.#listing = new Set();
    this.#session.ask('relation.list', {});
    this.#session.ask('invite.list', {});
  }

  /** The next page of members, or the first. */
  members(id: string): void {
    const held = this.#state.view.members[id];
    if (!held || held.next) this.#session.ask('member.list', { conversation: id, after: held?.next });
  }

  heard(fact: AnyFact): void {
    if (fact.type === 'connection.opened') this.shown(this.#state.view.screen, this.#wanted);
    if (fact.type !== 'relation.listed') return;
    const { people, next } = fact.body;
    for (const { person } of people) this.#listing.add(person.id);
    if (next !== undefined) return void this.#session.ask('relation.list', { after: next });
    // With whom nothing stands any more, nobody tells who was away.
    const held = Object.entries(this.#state.view.related).filter(([id]) => this.#listing.has(id));
    this.#state.change({ related: Object.fromEntries(held), relatedListed: true });
  }
}
