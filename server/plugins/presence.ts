import * as v from 'valibot';
import { toJson } from '../../protocol/frame.ts';
import { answer, type Effect, put, refuse, schedule, unschedule } from '../core/effect.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Effects } from '../core/rule.ts';
import { Grace } from './presence-grace.ts';
import { lastRow } from './presence-last.ts';
import { People } from './presence-people.ts';
import { restated, type Statement, standing, statementIn } from './presence-state.ts';
import { Telling } from './presence-telling.ts';
import { Watchers, watchingOf } from './presence-watchers.ts';

/**
 * Who is there, for those who may know: what people have set, over their live connections, told to the connections that
 * look at them. All of it is true only now, but for what people have set and when they were last there.
 */
export function presence(): Plugin {
  return {
    name: 'presence',
    needs: ['relations'],
    install(host) {
      const watchers = new Watchers();
      const grace = new Grace();
      host.whenLinked((isUp) => grace.linked(isUp, host.clock.now()));
      const people: People = new People({
        ...{ host, grace },
        changed: (user, whom) => telling.changed(user, whom),
        isWatched: (user) => watchers.of(user).size > 0,
      });
      const telling = new Telling({ host, relations: host.service('relations'), people, watchers, grace });
      host.provide('presence', {
        says: (jid, show) => people.says(jid, show),
        shows: (jid, users) => {
          for (const user of watchers.show(jid, users)) {
            const watching = watchers.at(jid, user);
            if (watching !== undefined) telling.reconsider(watching, user);
          }
        },
        watchedBy: (user) => Array.from(watchers.of(user), ({ jid }) => jid),
        told: (jid, user) => watchers.told(jid, user),
      });

      host.whenConnected((user, jid, present) => {
        if (present) people.began(user, jid);
        if (present) return [];
        const stored = people.ended(jid);
        watchers.show(jid, new Set());
        for (const unwatched of watchers.end(jid)) people.release(unwatched);
        return stored;
      });

      host.whenKept(({ scope, key, value }) => {
        if (key === 'stated') people.stated(scope, statementIn(value));
        else people.lastSeen(scope, Number(value));
        return [];
      });

      host.after('relation.changed', ({ fact }) => {
        telling.related(fact.log, fact.body.person.id);
        return [];
      });

      host.on('presence.set', async ({ action, read, user, now }) => {
        const { until } = action.body;
        if (until !== undefined && until <= now) return [refuse('schema', { detail: 'until: is over already' })];
        const before = standing(statementIn(await read.state('presence', user.id, 'stated')), now);
        const after = restated(before, action.body, now);
        // Who hides looks as if he had left at this moment.
        const hides = after.show === 'invisible' && before.show !== 'invisible' && people.isConnected(user.id);
        return [...(hides ? [lastRow(user.id, now)] : []), ...set(user.id, before, after)];
      });

      // Comes from a schedule: it ends what is over, so it may be anybody's wish.
      const schema = v.strictObject({});
      host.on(
        'presence.expire',
        async ({ read, user, now }) => {
          const { until } = statementIn(await read.state('presence', user.id, 'stated'));
          return until === undefined || until > now ? [] : [stated(user.id, null)];
        },
        { schema },
      );

      host.on('presence.idle', ({ action, jid }) => {
        people.says(jid, action.body.idle ? 'away' : 'available');
        return [];
      });

      host.on('presence.watch', async ({ action, jid, user, read }) => {
        const users = [...new Set(action.body.users)];
        const former = watchers.end(jid);
        const isFull = !watchers.hasRoom(users.length);
        const watching =
          people.isOpen(jid) && !isFull ? watchers.begin(jid, user.id, users) : watchingOf(jid, user.id, users);
        const found = isFull ? [] : await telling.list(read, watching, users);
        for (const one of watchers.holds(watching) ? former : [...former, ...users]) people.release(one);
        // The answer goes out before the next task.
        host.clock.defer(() => {
          watching.ready = true;
        });
        return isFull ? [refuse('busy', { retryAfter: 5_000 })] : [answer('presence.listed', { people: found })];
      });
    },
  };
}

function stated(user: string, statement: Statement | null): Effect {
  const value = statement === null ? null : toJson(statement);
  return put({ table: 'state', row: { plugin: 'presence', scope: user, key: 'stated', value } });
}

/** What is set from now on, and its end in place of the former one. */
function set(user: string, before: Statement, after: Statement): Effects {
  const id = (until: number): string => `presence ${user} ${until}`;
  const { until } = after;
  return [
    stated(user, after),
    ...(before.until === undefined || before.until === until ? [] : [unschedule(id(before.until))]),
    ...(until === undefined
      ? []
      : [schedule({ id: id(until), dueAt: until, action: { type: 'presence.expire', body: {} }, user })]),
  ];
}
