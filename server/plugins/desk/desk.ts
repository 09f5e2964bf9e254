import type { Facts } from '../../../protocol/facts.ts';
import { opaque } from '../../../protocol/ids.ts';
import { type Effect, put, refuse, tell } from '../../core/effect.ts';
import { isNative } from '../../core/gateway.ts';
import { isInjected } from '../../core/injections.ts';
import { oneLine } from '../../core/one-line.ts';
import type { Plugin } from '../../core/plugin.ts';
import type { OpenContext } from '../../core/rule.ts';
import type { Services } from '../../core/services.ts';
import { dueAt } from './assignment.ts';
import { Attendance } from './attendance.ts';
import { plugin } from './books.ts';
import { caseIn, moved, seatIn } from './case-row.ts';
import { decideOnCases, noted } from './deciding.ts';
import { Floor } from './floor.ts';
import { begun, booksOf, heard, withWords } from './hearing.ts';
import { Lines, lineTopics } from './lines.ts';
import { type DeskOptions, declareDesk, queueFor, queueOf } from './options.ts';
import { hoursAt, lookAtDesk } from './reading.ts';
import { letSee } from './sights.ts';
import { landing, reminders } from './steps.ts';
import { takeTurns } from './turns.ts';

/** Colleagues hear this topic: every support conversation. */
const colleagues = 'support';

/** Visitors who have a support conversation open hear this one. */
const visitors = 'support:visitors';

/** How often it is looked whether something is due that nobody's action has shown, milliseconds. */
const tick = 60_000;

/**
 * The helpdesk: who answers which conversation with support, and what visitors are told of it. Without options colleagues
 * take by themselves, and visitors are told whether somebody is there.
 * @throws FriendError `FRIEND_DESK`, `FRIEND_HOURS`
 */
export function helpdesk(options?: DeskOptions): Plugin {
  const floor = new Floor(declareDesk(options));
  return {
    name: plugin,
    needs: ['conversations', 'presence'],
    install(host) {
      let available = false;
      const isAvailable = (): boolean => host.hearing(colleagues) > 0 && hoursAt(floor, host.clock.now()).open;
      const lines = new Lines(host, floor);

      /** Lets in what is due, once for all that has shown it. */
      const look = (): void => {
        lines.changed(isAvailable);
        host.soon('turn', 0, async () => {
          const now = host.clock.now();
          const [first] = floor.isReady ? dueAt(floor, now) : [];
          if (first === undefined) return [];
          const id = `desk.turn:${now}:${opaque(host.random.bytes(20))}`;
          const row = { id, dueAt: now, user: first.row.visitor, type: 'desk.turn', body: '{}' };
          return [put({ table: 'schedule', row })];
        });
      };
      const attendance = new Attendance(host, floor, look);
      letSee(host, floor);
      floor.whenFull = () =>
        host.log.warn('There are more open cases than the desk holds: close what is over.', {
          cases: floor.cases.size,
        });
      const availability = (): ReturnType<typeof tell>[] => {
        if (isAvailable() === available) return [];
        available = !available;
        lines.forget();
        lines.changed(isAvailable);
        return [tell({ hearing: [visitors] }, 'support.changed', { available })];
      };
      const ticks = (): void =>
        host.soon('tick', tick, async () => {
          ticks();
          attendance.readLeftOut();
          look();
          return availability();
        });

      const begin = (): void => {
        if (floor.isReady) return;
        attendance.begin();
        ticks();
      };

      host.use(async (context, next) => {
        begin();
        const effects = await next();
        // An account's connection acts also while nobody is at it.
        const isThere = !isNative(context.jid);
        if (isThere && context.user?.kind === 'colleague' && !attendance.knows(context.user.id, context.jid)) {
          attendance.comes(context.user.id, context.jid);
        }
        for (const effect of effects) {
          if (effect.do === 'put' && effect.put.table === 'user') attendance.doubts(effect.put.row.id);
        }
        const appointed = isThere && effects.some((effect) => isAppointed(effect, context));
        if (appointed && context.user !== undefined) attendance.comes(context.user.id, context.jid);
        const opened = effects.find((effect) => effect.do === 'answer' && effect.type === 'conversation.opened');
        if (opened === undefined || context.user === undefined) return heard(hearing, context, effects);
        const { conversation } = (opened as { body: Facts['conversation.opened'] }).body;
        if (conversation.kind !== 'support') return effects;
        const looks = context.user.kind !== 'colleague';
        const now = isAvailable();
        const status = looks ? lines.looks(conversation.id, now, context.now) : { available: now };
        const unhear: Effect = { do: 'unhear', start: lineTopics };
        const hears: Effect[] = looks ? [unhear, { do: 'hear', topic: lineTopics + conversation.id }] : [];
        return [...effects, { do: 'hear', topic: visitors }, ...hears, tell('sender', 'support.changed', status)];
      });

      // What is said among colleagues is a log, and no conversation to write to.
      host.use((context, next) => {
        const { conversation } = (context.action.body ?? {}) as { conversation?: unknown };
        const isNoted = typeof conversation === 'string' && conversation.startsWith('c_desk_');
        const writes = context.action.type.startsWith('message.') && context.action.type !== 'message.find';
        return isNoted && writes ? Promise.resolve([refuse('not_found')]) : next();
      });

      host.after('profile.changed', ({ fact }) => {
        const { id, name } = fact.body.person;
        attendance.renamed(id, name);
        return [];
      });

      host.whenHearing(colleagues, availability);
      host.whenConnected((user, jid, present) => {
        begin();
        if (!present) return attendance.goes(user, jid);
        attendance.comes(user, jid);
        return [];
      });
      host.whenKept(({ scope, key, value }) => {
        if (scope === 'case' && value !== null) floor.keep(caseIn(value));
        const colleague = scope === 'seat' ? floor.colleagues.get(key) : undefined;
        if (colleague !== undefined) {
          floor.colleagues.set(key, { ...colleague, seat: seatIn(value ?? undefined) });
          attendance.tellPeople();
        }
        if (scope === 'case' || scope === 'seat') look();
        return [];
      });

      const hearing = { floor, botFirst: () => host.offered('bots')?.answersSupport === true };
      decideOnCases(host, floor);
      lookAtDesk(host, floor, (jid, shown) => attendance.owes(jid, shown));
      takeTurns(host, floor);
      host.provide('desk', serviceOf(floor, isAvailable));
    },
  };
}

/** The sender becomes a colleague by it. */
function isAppointed(effect: Effect, { user, jid }: OpenContext): boolean {
  if (effect.do !== 'put' || effect.put.table !== 'user' || isInjected(jid)) return false;
  return effect.put.row.kind === 'colleague' && effect.put.row.id === user?.id;
}

function serviceOf(floor: Floor, isAvailable: () => boolean): Services['desk'] {
  return {
    async state(read, conversation) {
      const text = await read.state(plugin, 'case', conversation);
      if (text === undefined) return undefined;
      const { state, queue: filed, assignee } = caseIn(text);
      const queue = queueOf(floor.desk, filed).id;
      return assignee === undefined ? { state, queue } : { state, queue, assignee };
    },
    isOpen: (now) => ({ ...hoursAt(floor, now), open: isAvailable() }),
    async handOff(read, conversation, to, now) {
      const books = booksOf(read, floor);
      const before = await books.case(conversation);
      const row = before ?? (await begun(read, floor, conversation, now));
      const topic = to.topic ?? row.topic;
      const language = to.language ?? row.language;
      const known = {
        ...row,
        ...(topic === undefined ? {} : { topic: oneLine(topic).slice(0, 64) }),
        ...(language === undefined ? {} : { language: oneLine(language).slice(0, 64) }),
      };
      const asked = to.queue !== undefined && floor.desk.queues.has(to.queue) ? to.queue : undefined;
      const queue = asked ?? queueFor(floor.desk, topic, language).id;
      const isBots = row.state === 'bot' || row.state === 'closed';
      const next = isBots
        ? moved({ ...known, queue, asked: row.asked ?? now }, now, landing(floor.desk, queue, now))
        : row;
      const { spoken, row: after } = await withWords(floor, read, next, now);
      await books.set(after);
      const note = to.note?.slice(0, 8_000);
      return [
        ...spoken,
        ...(await books.effects({ aside: true })),
        ...(note === undefined || note.trim() === ''
          ? []
          : [{ ...noted(row, { conversation, text: note }), answers: false } as Effect]),
        ...reminders(floor.desk, before, after, now),
      ];
    },
  };
}
