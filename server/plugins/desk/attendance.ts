import type { DeskFacts } from '../../../protocol/desk.ts';
import { limits } from '../../../protocol/limits.ts';
import { type Aside, put, tell } from '../../core/effect.ts';
import { isInjected } from '../../core/injections.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { UserRow } from '../../core/rows.ts';
import { lists, plugin } from './books.ts';
import { caseIn, seatIn } from './case-row.ts';
import { type Floor, most } from './floor.ts';
import { grace } from './hearing.ts';
import { peopleWithin } from './people.ts';
import { rosterOf, seated } from './seating.ts';

/** Logs that are read at once. */
const pageLength = 100;

/** How often colleagues are told who is at the desk, milliseconds. */
const pause = 1_000;

/** Bytes of who is there in one event, and connections that are shown the desk anew once it is known. */
const bytesOfPeople = limits.frameBytes - 8_192;
const mostOwed = 1_000;

/** Who is there, and what was there before the process began. */
export class Attendance {
  readonly #host: PluginHost;
  readonly #floor: Floor;
  /** Called when something may be due. */
  readonly #changed: () => void;
  /** Connections whose user is looked up, by JID. */
  readonly #coming = new Map<string, string>();
  /** Who was shown the desk before all of it was known, by JID. */
  readonly #owed = new Map<string, () => Promise<DeskFacts['desk.shown']>>();
  #isLoading = false;

  constructor(host: PluginHost, floor: Floor, changed: () => void) {
    this.#host = host;
    this.#floor = floor;
    this.#changed = changed;
  }

  /** Reads what is open, once; nothing can be read before the friend has started. */
  begin(): void {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#host.soon('load', 0, (read) => this.#load(read));
  }

  /** A connection of somebody begins; who is no colleague is forgotten at once. */
  comes(user: string, jid: string): void {
    if (isInjected(jid)) return;
    this.#coming.set(jid, user);
    // Who has a seat sits at once; whether it is still his is looked up each time.
    if (this.#floor.colleagues.has(user)) this.#sits(user, jid);
    this.#host.soon(`come ${user}`, 0, (read) => this.#lookUp(read, user));
  }

  /** Something was stored of a user: whether he is a colleague still is looked up soon. */
  doubts(user: string): void {
    if (this.#floor.colleagues.has(user)) this.#host.soon(`doubt ${user}`, pause, (read) => this.#lookUp(read, user));
  }

  /** Reads again what there was no room for, once there is. */
  readLeftOut(): void {
    if (!this.#floor.leftOut || !this.#floor.hasRoom) return;
    this.#floor.leftOut = false;
    this.#host.soon('left out', 0, async (read) => {
      await this.#loadOpen(read);
      this.#changed();
      return [];
    });
  }

  /** Tells this connection anew what is shown of the desk, once all of it is known. */
  owes(jid: string, shown: () => Promise<DeskFacts['desk.shown']>): void {
    if (this.#owed.size < mostOwed) this.#owed.set(jid, shown);
  }

  /** A colleague has another name from now on. */
  renamed(user: string, name: string): void {
    const colleague = this.#floor.colleagues.get(user);
    if (colleague === undefined || colleague.name === name) return;
    this.#floor.colleagues.set(user, { ...colleague, name });
    this.tellPeople();
  }

  /** Whether a colleague's connection was noticed. */
  knows(user: string, jid: string): boolean {
    return isInjected(jid) || this.#coming.has(jid) || this.#floor.colleagues.get(user)?.here.has(jid) === true;
  }

  /** A connection has ended; who was there by nothing else is missed after a while. */
  goes(user: string, jid: string): readonly Aside[] {
    this.#coming.delete(jid);
    const colleague = this.#floor.colleagues.get(user);
    if (colleague === undefined || !colleague.here.delete(jid) || colleague.here.size > 0) return [];
    const { clock } = this.#host;
    colleague.goneAt = clock.now();
    this.tellPeople();
    return colleague.seat.has.length === 0 ? [] : [this.#missed(user, clock.now() + grace)];
  }

  /** Tells colleagues soon who is at the desk. */
  tellPeople(): void {
    this.#host.soon('people', pause, async () => {
      return [tell({ hearing: [lists.open] }, 'desk.people', { colleagues: peopleWithin(this.#floor, bytesOfPeople) })];
    });
  }

  #missed(user: string, dueAt: number): Aside {
    const row = { id: `desk.gone:${user}:${dueAt}`, dueAt, user, type: 'desk.gone', body: JSON.stringify({ user }) };
    return put({ table: 'schedule', row });
  }

  async #lookUp(read: Reads, user: string): Promise<readonly Aside[]> {
    const row = await read.user(user);
    const jids = [...this.#coming].flatMap(([jid, one]) => (one === user ? jid : []));
    for (const jid of jids) this.#coming.delete(jid);
    if (row?.kind !== 'colleague') return this.#dismisses(user);
    const known = this.#floor.colleagues.get(user);
    if (known === undefined && jids.length === 0) return [];
    if (!(await this.#seat(read, row))) return [];
    for (const jid of jids) this.#sits(user, jid);
    if (known !== undefined && known.name !== row.name) this.tellPeople();
    return known === undefined ? [rosterOf(this.#floor)] : [];
  }

  /** Who is no colleague any more has no seat: what he has not answered goes to others at once. */
  #dismisses(user: string): readonly Aside[] {
    const known = this.#floor.colleagues.get(user);
    if (known === undefined) return [];
    this.#floor.colleagues.delete(user);
    this.tellPeople();
    this.#changed();
    const { clock } = this.#host;
    return [rosterOf(this.#floor), ...(known.seat.has.length === 0 ? [] : [this.#missed(user, clock.now())])];
  }

  /** Returns whether there is a seat for one more. */
  async #seat(read: Reads, row: UserRow): Promise<boolean> {
    const { colleagues } = this.#floor;
    const before = colleagues.get(row.id);
    if (before === undefined && colleagues.size >= most.colleagues) return false;
    colleagues.set(row.id, await seated(read, this.#floor, row));
    return true;
  }

  #sits(user: string, jid: string): void {
    const colleague = this.#floor.colleagues.get(user);
    if (colleague === undefined) return;
    colleague.here.add(jid);
    colleague.goneAt = undefined;
    this.tellPeople();
    this.#changed();
  }

  async #load(read: Reads): Promise<readonly Aside[]> {
    const { clock } = this.#host;
    const roster = JSON.parse((await read.state(plugin, '', 'roster')) ?? '[]') as string[];
    const missed: Aside[] = [];
    for (const id of roster) {
      const row = await read.user(id);
      if (row?.kind === 'colleague') await this.#seat(read, row);
      else if (seatIn(await read.state(plugin, 'seat', id)).has.length > 0) missed.push(this.#missed(id, clock.now()));
    }
    await this.#loadOpen(read);
    await this.#loadSamples(read);
    this.#floor.begin();
    this.#changed();
    // Who went while nobody looked is missed as everybody is.
    const absent = [...this.#floor.colleagues.values()].filter(
      ({ here, seat }) => here.size === 0 && seat.has.length > 0,
    );
    missed.push(...absent.map(({ user }) => this.#missed(user, clock.now() + grace)));
    const owed = [...this.#owed];
    this.#owed.clear();
    const news = owed.map(async ([jid, show]) => tell({ connections: [jid] }, 'desk.shown', await show()));
    return [...missed, ...(await Promise.all(news))];
  }

  async #loadOpen(read: Reads): Promise<void> {
    let before: { readonly at: number; readonly id: string } | undefined;
    for (let page = 0; page < most.pages; page += 1) {
      const logs = await read.listed(lists.open, pageLength, before);
      for (const { id } of logs) await this.#loadCase(read, id);
      const last = logs.at(-1);
      if (last === undefined || this.#floor.isFull) return;
      before = { at: last.at, id: last.id };
    }
  }

  async #loadCase(read: Reads, log: string): Promise<void> {
    const conversation = log.replace(/^c_desk_/, 'c_support_');
    const text = await read.state(plugin, 'case', conversation);
    // What was stored meanwhile is newer than what was read.
    if (text !== undefined && !this.#floor.cases.has(conversation)) this.#floor.keep(caseIn(text));
  }

  /** How long the newest of those that are over took. */
  async #loadSamples(read: Reads): Promise<void> {
    for (const { id } of (await read.listed(lists.closed, most.samples)).toReversed()) {
      const text = await read.state(plugin, 'case', id.replace(/^c_desk_/, 'c_support_'));
      const row = text === undefined ? undefined : caseIn(text);
      if (row?.took !== undefined) this.#floor.sample(row.queue, row.took);
    }
  }
}
