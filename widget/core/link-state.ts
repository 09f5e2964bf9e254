import type { State } from './state.ts';
import type { Link } from './view.ts';

/** What the view says of the link: what became of the stream, and what the browser believes of the network. */
export class LinkState {
  /** The browser says that there is no network. It errs where the server is on this very machine. */
  offline = false;
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  get current(): Link['state'] {
    return this.#state.view.link.state;
  }

  /** False where trying again by itself does not help. */
  get mayDial(): boolean {
    return this.current !== 'refused' && this.current !== 'outdated';
  }

  /** The page has news of itself or of the network. Returns whether dialling is worth it. */
  heard(event: 'offline' | 'online' | 'back'): boolean {
    if (event !== 'back') this.offline = event === 'offline';
    if (this.mayDial && this.offline) this.says('waiting');
    return this.mayDial;
  }

  says(state: Link['state']): void {
    const offline = this.offline && (state === 'waiting' || state === 'connecting');
    const before = this.#state.view.link.before || state === 'online';
    this.#state.change({ link: { state: offline ? 'offline' : state, before } });
  }
}
