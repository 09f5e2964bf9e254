import * as v from 'valibot';
import type { Actions } from '../../../protocol/actions.ts';
import { answer, type Effect, schedule, tell, unschedule } from '../../core/effect.ts';
import { FriendError } from '../../core/errors.ts';
import { isNative } from '../../core/gateway.ts';
import type { Plugin, PluginHost } from '../../core/plugin.ts';
import type { UserRow } from '../../core/rows.ts';
import type { Effects, OpenContext } from '../../core/rule.ts';
import { type Declared, declared, type ProactiveMessage, type ProactiveOptions } from './options.ts';
import { isWaiting, keep, merged, plugin, recall, type Standing, told, visited, waiting } from './standing.ts';
import { isFor, isTime, said, type Telling } from './telling.ts';

/** What comes in when a message has waited. */
const Due = v.object({ name: v.string(), page: v.exactOptional(v.string()) });

const track = v.object({ name: v.pipe(v.string(), v.maxLength(64)), data: v.optional(v.unknown()) });

/**
 * Says something to who is connected and has not asked: by page, by time, by an event of the page, by visits. Once per
 * person, also after he has signed in, and stored once; see docs/proactive.md.
 * @throws FriendError `FRIEND_PROACTIVE`, `FRIEND_OFFER`
 */
export function proactive(messages: readonly ProactiveMessage[], options: ProactiveOptions = {}): Plugin {
  const all = declared(messages);
  const { perDay = 2, still = 0 } = options;
  if (!Number.isInteger(perDay) || perDay < 1 || perDay > 100)
    throw new FriendError('FRIEND_PROACTIVE', 'perDay is a whole number from 1 to 100');
  if (!Number.isInteger(still) || still < 0) throw new FriendError('FRIEND_PROACTIVE', 'still is a time, milliseconds');
  return { name: plugin, needs: ['conversations'], install: (host) => new Proactive(host, all, options).begin() };
}

class Proactive {
  readonly #host: PluginHost;
  readonly #messages: readonly Declared[];
  readonly #options: ProactiveOptions;
  readonly #byPage: boolean;
  readonly #byVisit: boolean;
  /** Connections of each user that live: as many as the friend has. */
  readonly #present = new Map<string, number>();

  constructor(host: PluginHost, messages: readonly Declared[], options: ProactiveOptions) {
    this.#host = host;
    this.#messages = messages;
    this.#options = options;
    this.#byPage = messages.some(({ urls }) => urls.length > 0);
    this.#byVisit = messages.some(({ trigger, when }) => trigger === 'visit' || (when.visits ?? 1) > 1);
  }

  begin(): void {
    this.#host.whenConnected((user, _jid, present) => {
      const count = (this.#present.get(user) ?? 0) + (present ? 1 : -1);
      if (count > 0) this.#present.set(user, count);
      else this.#present.delete(user);
      return [];
    });
    this.#host.use(async (context, next) => {
      const effects = await next();
      return effects.some((effect) => effect.do === 'refuse') ? effects : this.#after(context, effects);
    });
    this.#host.on('proactive.due', async ({ action, read, user, now }) => {
      const due = v.parse(Due, action.body);
      const message = this.#messages.find(({ name }) => name === due.name);
      if (message === undefined || !this.#present.has(user.id)) return [];
      const kept = await recall(read, user.id);
      if (due.page !== undefined && kept.standing.page?.id !== due.page) return [];
      const telling = { read, user, now };
      const { effects, standing } = await this.#tells([message], telling, kept.standing);
      return standing === kept.standing ? [] : [...effects, keep(user.id, kept, standing)];
    });
    if (!this.#messages.some(({ trigger }) => trigger === 'event')) return;
    // The page's events may have a rule of the team's own; without one they are for this alone.
    this.#host.events({ actions: { 'page.track': track }, facts: {} });
    this.#host.on('page.track', {}, async (_context, next) => {
      const effects = await next();
      const [only] = effects;
      return only?.do === 'refuse' && only.code === 'not_found' ? [answer('ack', {})] : effects;
    });
  }

  /** What an action has led to, and what is said because of it: in one commit. */
  async #after(context: OpenContext, effects: Effects): Promise<Effects> {
    const { action, jid, now, read, user } = context;
    if (isNative(jid)) return effects;
    if (action.type === 'connection.open') {
      const bound = effects.find((effect) => effect.do === 'bind')?.user;
      if (bound === undefined || !isSpokenTo(bound)) return effects;
      const wanted = this.#byPage ? [tell('sender', 'page.wanted', {})] : [];
      const led = this.#byVisit ? await this.#led('visit', { read, user: bound, now }, action.id) : [];
      return [...effects, ...wanted, ...led];
    }
    if (user === undefined || !isSpokenTo(user)) return effects;
    if (action.type === 'user.identify') return [...effects, ...(await handedOver({ read, user, now }, effects))];
    if (action.type === 'page.changed' && this.#byPage) {
      const { url } = action.body as Actions['page.changed'];
      return [...effects, ...(await this.#led('page', { read, user, now }, action.id, { url }))];
    }
    if (action.type === 'page.track') {
      const { name } = action.body as { readonly name?: unknown };
      if (typeof name !== 'string' || !this.#messages.some(({ when }) => when.event === name)) return effects;
      return [...effects, ...(await this.#led('event', { read, user, now }, action.id, { event: name }))];
    }
    return effects;
  }

  /** Says or sets what this begins. */
  async #led(
    trigger: Declared['trigger'],
    telling: Telling,
    id: string,
    given: { readonly url?: string; readonly event?: string } = {},
  ): Promise<Effects> {
    const { read, user, now } = telling;
    const kept = await recall(read, user.id);
    const seen = visited(kept.standing, now);
    const left = given.url === undefined ? [] : (seen.page?.waits ?? []).map((one) => unschedule(one));
    const here = given.url === undefined ? seen : { ...seen, page: { url: given.url, id, waits: [] } };
    const begun = this.#messages.filter((one) => one.trigger === trigger && one.when.event === given.event);
    const wanted = begun.filter((one) => isFor(one, telling, here));
    const isOnPage = trigger === 'page';
    const later = wanted.filter(({ name, delay }) => delay > 0 && (isOnPage || !isWaiting(here, name, now)));
    const waits: Effect[] = later.map(({ name, delay }) => {
      const action = { type: 'proactive.due', body: isOnPage ? { name, page: id } : { name } };
      return schedule({ id: waitId(name, user.id, id), dueAt: now + delay, user: user.id, action });
    });
    const atOnce = wanted.filter(({ delay }) => delay === 0);
    const { effects, standing } = await this.#tells(atOnce, telling, here);
    const ids = waits.flatMap((effect) => (effect.do === 'schedule' ? [effect.id] : []));
    const page = standing.page === undefined || !isOnPage ? {} : { page: { ...standing.page, waits: ids } };
    const until = isOnPage ? {} : Object.fromEntries(later.map(({ name, delay }) => [name, now + delay]));
    return [...left, ...waits, ...effects, keep(user.id, kept, waiting({ ...standing, ...page }, until, now))];
  }

  /** Says the first of these that can be said now. */
  async #tells(
    messages: readonly Declared[],
    telling: Telling,
    standing: Standing,
  ): Promise<{ readonly effects: Effects; readonly standing: Standing }> {
    for (const message of messages) {
      if (!isFor(message, telling, standing) || !isTime(message, telling, standing, this.#options)) continue;
      const effects = await said(this.#host, message, telling, this.#options);
      if (effects !== undefined) return { effects, standing: told(standing, message.name, telling.now) };
    }
    return { effects: [], standing };
  }
}

/** What a visitor was told is not told again to the user that he turned out to be. */
async function handedOver({ read, user }: Telling, effects: Effects): Promise<Effects> {
  const bound = effects.find((effect) => effect.do === 'bind')?.user;
  if (bound === undefined || bound.id === user.id) return [];
  const [from, to] = [await recall(read, user.id), await recall(read, bound.id)];
  return from.json === undefined ? [] : [keep(bound.id, to, merged(from.standing, to.standing))];
}

function isSpokenTo({ kind }: UserRow): boolean {
  return kind === 'visitor' || kind === 'user';
}

function waitId(name: string, user: string, action: string): string {
  return `proactive:${name}:${user}:${action}`;
}
