import { type Aside, put, tell } from '../../core/effect.ts';
import { isInjected } from '../../core/injections.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { UserRow } from '../../core/rows.ts';
import { lists, plugin } from './books.ts';
import { caseIn } from './case-row.ts';
import { type Floor, most } from './floor.ts';
import { grace } from './hearing.ts';
import { seated } from './seating.ts';

/** Logs that are read at once. */
const pageLength = 100;

/** How often colleagues are told who is at the desk, milliseconds. */
const pause = 1_000;

/** Who is there, and what was there before the process began. */
export class Attendance {
  readonly #host: PluginHost;
  readonly #floor: Floor;
  /** Called when something may be due. */
  readonly #changed: () => void;
  /** Connections whose user is looked up, by JID. */
  readonly #coming = new Map<string, string>();
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
    const known = this.#floor.colleagues.get(user);
    if (known !== undefined && known.name !== '') {
      this.#sits(user, jid);
      return;
    }
    this.#coming.set(jid, user);
    this.#host.soon(`come ${user}`, 0, (read) => this.#lookUp(read, user));
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
      const colleagues = [...this.#floor.colleagues.values()].slice(0, 200).map((one) => this.#floor.atDesk(one));
      return [tell({ hearing: [lists.open] }, 'desk.people', { colleagues })];
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
    if (row?.kind !== 'colleague' || jids.length === 0) return [];
    const isNew = !this.#floor.colleagues.has(user);
    if (!(await this.#seat(read, row))) return [];
    for (const jid of jids) this.#sits(user, jid);
    return isNew ? [this.#roster()] : [];
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

  #roster(): Aside {
    const value = JSON.stringify([...this.#floor.colleagues.keys()]);
    return put({ table: 'state', row: { plugin, scope: '', key: 'roster', value } });
  }

  async #load(read: Reads): Promise<readonly Aside[]> {
    const { clock } = this.#host;
    const roster = JSON.parse((await read.state(plugin, '', 'roster')) ?? '[]') as string[];
    for (const id of roster) {
      const row = await read.user(id);
      if (row?.kind === 'colleague') await this.#seat(read, row);
    }
    await this.#loadOpen(read);
    await this.#loadSamples(read);
    this.#floor.isReady = true;
    this.#changed();
    // Who went while nobody looked is missed as everybody is.
    const absent = [...this.#floor.colleagues.values()].filter(
      ({ here, seat }) => here.size === 0 && seat.has.length > 0,
    );
    return absent.map(({ user }) => this.#missed(user, clock.now() + grace));
  }

  async #loadOpen(read: Reads): Promise<void> {
    let before: { readonly at: number; readonly id: string } | undefined;
    for (;;) {
      const logs = await read.listed(lists.open, pageLength, before);
      for (const { id } of logs) await this.#loadCase(read, id);
      const last = logs.at(-1);
      if (last === undefined || this.#floor.cases.size >= most.cases) return;
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
