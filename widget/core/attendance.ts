import { limits } from '../../protocol/limits.ts';
import type { Session } from './session.ts';
import type { SessionOptions } from './session-options.ts';
import type { State } from './state.ts';
import { Timers } from './timers.ts';
import type { View } from './view.ts';

/** Somebody who has not done anything for this long is idle, milliseconds. */
const idleAfter = 300_000;
/** Changes of what is shown are gathered for this long, milliseconds. */
const gathering = 300;

/**
 * Who is looked at, and whether the person is here. All tabs of a browser are one connection: the one that is looked at
 * says whom it shows, and all of them count what is done in any.
 */
export class Attendance {
  readonly #session: Session;
  readonly #state: State;
  readonly #options: SessionOptions;
  readonly #timers: Timers;
  /** Where all tabs keep when the person did something last. */
  readonly #key: string;
  /** Whom the friend knows to be looked at. */
  #told = '';
  #idle = false;
  #away = false;
  #deafen: (() => void) | undefined;

  constructor(session: Session, state: State, options: SessionOptions) {
    this.#session = session;
    this.#state = state;
    this.#options = options;
    this.#key = `${options.secretKey}:used`;
    this.#timers = new Timers(options.clock);
  }

  /** Somebody else may be shown. */
  shown(): void {
    if (this.#session.up) this.#timers.once('watch', gathering, () => this.#watch());
  }

  /** The connection is open: the friend knows nothing of it yet. */
  opened(): void {
    this.#told = '';
    if (this.#idle) this.#tell(true);
    this.shown();
    const { attend } = this.#options;
    if (attend === undefined || this.#deafen !== undefined) return;
    this.#deafen = attend((looked) => this.#attended(looked));
    // Something that the person did has brought him here.
    this.#attended(true);
  }

  /** Until the connection is opened anew. */
  stop(): void {
    this.#deafen?.();
    this.#deafen = undefined;
    this.#timers.stop();
  }

  #watch(): void {
    const users = peopleIn(this.#state.view, this.#options.shows?.());
    const told = `${users}`;
    if (!this.#session.up || this.#away || this.#told === told) return;
    this.#told = told;
    this.#session.ask('presence.watch', { users });
  }

  #attended(looked: boolean): void {
    // Another tab may have said meanwhile whom it shows.
    if (this.#away) this.#told = '';
    this.#away = !looked;
    if (!looked) return;
    const { clock, keep } = this.#options;
    keep.set(this.#key, `${clock.now()}`);
    if (this.#idle) this.#tell(false);
    this.#rest();
    this.shown();
  }

  /** How long nothing was done in any tab, milliseconds. */
  get #unused(): number {
    const { clock, keep } = this.#options;
    return Math.abs(clock.now() - Number(keep.get(this.#key)));
  }

  #rest(): void {
    this.#timers.once('idle', idleAfter - this.#unused, () => {
      if (this.#unused < idleAfter) this.#rest();
      else this.#tell(true);
    });
  }

  #tell(idle: boolean): void {
    this.#idle = idle;
    this.#session.ask('presence.idle', { idle });
  }
}

/** Whom the screen names, whom one talks to, and with whom something stands. */
function peopleIn(
  { conversations, list, me, members, related, screen }: View,
  besides: readonly string[] = [],
): string[] {
  const { user, id = '' } = screen as { readonly user?: string; readonly id?: string };
  const all = [
    screen.at === 'me' ? me?.id : user,
    ...(members[id]?.list ?? []).map(({ person }) => person.id),
    ...list.flatMap((one) => {
      const { kind, people = [] } = conversations[one] ?? {};
      return kind === 'direct' ? people.map((person) => person.id) : [];
    }),
    ...Object.keys(related),
    ...besides,
  ];
  return [...new Set(all.filter((one) => one !== undefined))].slice(0, limits.watched);
}
