import { unanswered } from '../../protocol/actions.ts';
import { type Person, readFact } from '../../protocol/facts.ts';
import { readFrame } from '../../protocol/frame.ts';
import { anything, number, type Of, object, oneOf, optional, seq, string } from '../../protocol/shape.ts';
import type { StoredFact } from './rows.ts';
import { scheduleDevice } from './schedules.ts';
import { isStanzaType } from './stanzas.ts';
import type { Trace } from './trace.ts';

/** The first line of a recording. */
export const RecordingHead = object({ befriend: oneOf('recording'), version: number, at: number });

/**
 * Any other line. `who`: a person, before his first action · `action`: what he did, and when it arrived · `stored`: which
 * place a message got, so that a later action that names the place can be led to the same message.
 */
export const RecordingLine = object({
  at: number,
  who: optional(object({ id: string, name: string, kind: oneOf('visitor', 'user', 'colleague', 'bot') })),
  by: optional(string),
  action: optional(object({ id: string, type: string, body: anything })),
  stored: optional(object({ log: string, seq, key: string })),
});
export type RecordingLine = Of<typeof RecordingLine>;

export const recordingVersion = 1;

/** Readings, which change nothing, and what holds a secret or needs bytes that are not recorded. */
const unrecorded = new Set([
  ...unanswered,
  ...['connection.open', 'user.identify', 'user.logout', 'invite.accept', 'device.list', 'device.revoke'],
  ...['log.resume', 'log.read', 'conversation.open', 'conversation.list', 'message.find', 'invite.list', 'member.list'],
  ...['user.show', 'relation.list', 'presence.watch', 'presence.set', 'page.changed', 'file.offer', 'file.show'],
]);

/** Ids that are remembered: repeats are not recorded twice. */
const remembered = 100_000;

/** People who have come and done nothing yet, and whose names are remembered. */
const quiet = 10_000;

/**
 * A watcher for `FriendOptions.trace` that writes all that people do as JSON lines: who, when it arrived, and the action. It
 * holds what people wrote, so whoever keeps it keeps that. Bytes of files and signing in are not in it.
 */
export function recorder(write: (line: string) => void, now: number): (step: Trace) => void {
  const known = new Set<string>();
  const people = new Map<string, Person>();
  const keys = storedKeys();
  const say = (line: RecordingLine): void => write(JSON.stringify(line));
  const remember = (id: string): boolean => {
    if (known.has(id)) return false;
    if (known.size >= remembered) known.delete(known.values().next().value ?? '');
    known.add(id);
    return true;
  };
  write(JSON.stringify({ befriend: 'recording', version: recordingVersion, at: now }));

  return (step) => {
    switch (step.kind) {
      case 'told':
        for (const person of peopleIn(step.frame)) {
          if (known.has(`who ${person.id}`)) continue;
          people.delete(person.id);
          if (people.size >= quiet) people.delete(people.keys().next().value ?? '');
          people.set(person.id, person);
        }
        break;
      case 'decided':
      case 'reacted':
        break;
      case 'action': {
        const { action, at, device, user } = step;
        // What the logic has scheduled, or an assistant does, comes again by itself.
        if (user === undefined || device === scheduleDevice) break;
        if (unrecorded.has(action.type) || isStanzaType(action.type)) break;
        if (!remember(action.id)) break;
        if (remember(`who ${user}`)) {
          const { kind = 'user', name = user } = people.get(user) ?? {};
          say({ at, who: { id: user, name, kind } });
          people.delete(user);
        }
        say({ at, by: user, action: { id: action.id, type: action.type, body: action.body } });
        break;
      }
      case 'stored': {
        const { at, fact } = step;
        if (isPlace(fact)) say({ at, stored: { log: fact.log, seq: fact.seq, key: keys(fact) } });
        break;
      }
      default:
        step satisfies never;
    }
  };
}

/** Whether later actions may name this place: a message, or a new conversation. */
export function isPlace({ type }: Pick<StoredFact, 'type'>): boolean {
  return type === 'message.sent' || type === 'conversation.created';
}

/**
 * Names of stored messages that are the same when the same happens again: by the action that it came from, and for what the
 * logic says by itself by its author and how many he has said there before.
 */
export function storedKeys(): (fact: StoredFact) => string {
  const counts = new Map<string, number>();
  return ({ action, by, device, log, type }) => {
    if (type === 'conversation.created' || /^(d_|inject:)/.test(device)) return `${type} ${action}`;
    const spoken = `${by} ${log}`;
    const count = (counts.get(spoken) ?? 0) + 1;
    if (counts.size < remembered || counts.has(spoken)) counts.set(spoken, count);
    return `${spoken} ${count}`;
  };
}

/** Who a frame says the reader is. */
function peopleIn(frame: string): readonly Person[] {
  if (!/"(connection\.opened|user\.identified|profile\.changed)"/.test(frame)) return [];
  const read = readFrame(frame);
  return (read.ok ? read.frame.events : []).flatMap((event) => {
    const fact = readFact(event);
    if (fact === undefined || !('known' in fact)) return [];
    const { type, body } = fact.known;
    if (type === 'connection.opened' || type === 'user.identified') return body.user;
    return type === 'profile.changed' ? body.person : [];
  });
}
