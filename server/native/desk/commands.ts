import type { DeskFacts } from '../../../protocol/desk.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import type { Desk, View } from './desk.ts';
import { cardOf, caseLine, linesOf, nameOf, reasonOf, spanOf } from './desk-words.ts';
import { snoozedUntil, spans } from './snooze.ts';
import { meant, type Target, targets } from './whom.ts';

/** What a command works with. */
export interface Scene {
  readonly desk: Desk;
  /** The account's user. */
  readonly me: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** IANA; the machine's where absent. */
  readonly zone?: string;
  /** What was typed behind the command. */
  readonly rest: string;
  /** The case in whose chat it was typed. */
  readonly conversation?: string;
  /** The cases that were listed last, in the order of their numbers. */
  readonly listed: readonly string[];
  /** The number of a case stands for this one from now on. */
  readonly list: (conversations: readonly string[]) => void;
  /** The id of an action that is done once, however often this command arrives. */
  readonly once: (what: string) => Promise<string | undefined>;
  /** Says something to the visitor; resolves with why not. */
  readonly say: (conversation: string, text: string) => Promise<ErrorCode | undefined>;
}

/** A command of a colleague; it answers in words that only he sees. */
export interface Command {
  /** What stands behind its name. */
  readonly takes: string;
  readonly does: string;
  run(scene: Scene): Promise<string>;
}

const views: readonly View[] = ['waiting', 'mine', 'assigned', 'snoozed', 'away', 'bot', 'closed'];

const needsChat = 'Type this in the chat of a case. /cases lists those that wait, and /take 1 takes the first.';

/** All commands, by their names. */
export const commands: Readonly<Record<string, Command>> = {
  take: { takes: '[NUMBER] [over]', does: 'takes this case, or one of /cases; over: also from who has it', run: take },
  transfer: {
    takes: 'NAME or QUEUE',
    does: 'gives this case to a colleague or back into a queue',
    run: inChat(transfer),
  },
  invite: { takes: 'NAME', does: 'asks a colleague in beside you', run: inChat(invite) },
  note: { takes: 'TEXT', does: 'says something that only colleagues see', run: inChat(note) },
  snooze: { takes: 'SPAN', does: `sets this case aside: ${spans}`, run: inChat(snooze) },
  close: { takes: '', does: 'closes this case', run: inChat(wishes('desk.close', 'Closed.')) },
  reopen: { takes: '', does: 'opens it again', run: inChat(wishes('desk.reopen', 'It is open again.')) },
  who: { takes: '', does: 'says who has this case, and who the visitor is', run: inChat(who) },
  canned: { takes: '[NAME]', does: 'lists the canned answers, or sends one', run: canned },
  cases: { takes: '[mine, snoozed, closed …]', does: 'lists the cases that wait', run: cases },
  away: { takes: '', does: 'you take no new cases', run: available(false, 'You take no new cases. /back ends that.') },
  back: { takes: '', does: 'you take new cases again', run: available(true, 'You take new cases again.') },
  help: { takes: '', does: 'lists these commands', run: () => Promise.resolve(help()) },
};

/** What there is, for who asks. */
export function help(): string {
  const lines = Object.entries(commands).map(([name, { takes, does }]) =>
    `/${name} ${takes} – ${does}`.replace('  ', ' '),
  );
  return linesOf([...lines, '//words sends words that begin with a stroke.']);
}

/** What is said of a command that nobody knows. */
export function unknown(name: string): string {
  const names = Object.keys(commands).map((one) => `/${one}`);
  return `There is no command /${name.slice(0, 40)}, and the visitor was sent nothing. There are ${names.join(', ')}. //${name.slice(0, 40)} sends it as words.`;
}

function inChat(run: (scene: Scene & { readonly conversation: string }) => Promise<string>): Command['run'] {
  return (scene) => {
    const { conversation } = scene;
    return conversation === undefined ? Promise.resolve(needsChat) : run({ ...scene, conversation });
  };
}

function wishes(type: 'desk.close' | 'desk.reopen', done: string) {
  return ({ desk, conversation }: { desk: Desk; conversation: string }): Promise<string> =>
    told(desk.wish(type, { conversation }), done);
}

function available(on: boolean, done: string): Command['run'] {
  return ({ desk }) => told(desk.wish('desk.available', { available: on }), done);
}

async function take(scene: Scene): Promise<string> {
  const { desk, me, now, rest } = scene;
  const [, number = '', over = ''] = /^(\d{0,3})\s*(over)?$/i.exec(rest) ?? ['', 'none'];
  const conversation = number === '' ? scene.conversation : scene.listed[Number(number) - 1];
  if (number === 'none') return 'Type /take, /take 2 for a number of /cases, or /take over.';
  if (conversation === undefined) return number === '' ? needsChat : 'No case has this number. /cases lists them anew.';
  const opened = await desk.opened(conversation);
  if (!opened.ok) return reasonOf(opened.code);
  const { assignee, visitor } = opened.body.case;
  if (assignee === me) return 'You have this case already.';
  if (assignee !== undefined && over === '') {
    return `${await colleague(desk, assignee)} has this case. /take over takes it over.`;
  }
  const from = assignee === undefined ? {} : { from: assignee };
  const page = opened.body.page === undefined ? '' : ` On ${opened.body.page.url}.`;
  const waited = ` Asked ${spanOf(now - opened.body.case.since)} ago.`;
  return told(desk.wish('desk.take', { conversation, ...from }), `${visitor.name} is yours.${waited}${page}`);
}

async function transfer(scene: Scene & { readonly conversation: string }): Promise<string> {
  const { desk, conversation } = scene;
  const found = await target(scene, () => true);
  if (typeof found === 'string') return found;
  const wish =
    found.is === 'queue'
      ? desk.wish('desk.move', { conversation, queue: found.queue })
      : desk.wish('desk.assign', { conversation, to: found.user });
  return told(wish, found.is === 'queue' ? `It waits in ${found.name} now.` : `${found.name} has it now.`);
}

async function invite(scene: Scene & { readonly conversation: string }): Promise<string> {
  const { desk, conversation } = scene;
  const found = await target(scene, ({ is }) => is === 'colleague');
  if (typeof found === 'string') return found;
  if (found.is === 'queue') return needsChat;
  return told(desk.wish('desk.invite', { conversation, user: found.user }), `${found.name} was asked in.`);
}

/** Whom the command names; words where that is nobody, or not clear. */
async function target({ desk, rest }: Scene, fits: (target: Target) => boolean): Promise<Target | string> {
  const shown = await desk.shown();
  if (!shown.ok) return reasonOf(shown.code);
  const all = targets(shown.body).filter(fits);
  const [first, ...more] = meant(rest, all);
  if (first !== undefined && more.length === 0) return first;
  const names = (first === undefined ? all : [first, ...more]).map(({ name }) => name);
  const why = first !== undefined ? 'Several are called so' : rest === '' ? 'Say to whom' : 'Nobody is called so';
  return `${why}: ${names.slice(0, 50).join(', ')}.`;
}

async function note({ desk, conversation, rest, once }: Scene & { readonly conversation: string }): Promise<string> {
  if (rest === '') return 'Type the note behind it: /note She pays by card.';
  return told(
    desk.wish('desk.note', { conversation, text: rest }, await once(`note ${conversation} ${rest}`)),
    'Noted.',
  );
}

async function snooze({
  desk,
  conversation,
  rest,
  now,
  zone,
}: Scene & { readonly conversation: string }): Promise<string> {
  const until = snoozedUntil(rest, now, zone);
  if (until === undefined) return `Type a span behind it: ${spans}.`;
  const done = `It is set aside for ${spanOf(until - now)}, or until the visitor writes.`;
  return told(desk.wish('desk.snooze', { conversation, until }), done);
}

async function who({ desk, conversation, me, now }: Scene & { readonly conversation: string }): Promise<string> {
  const [opened, shown] = await Promise.all([desk.opened(conversation), desk.shown()]);
  if (!opened.ok) return reasonOf(opened.code);
  return cardOf(opened.body, me, colleaguesIn(shown), now);
}

async function canned({ desk, conversation, rest, say }: Scene): Promise<string> {
  const shown = await desk.shown();
  if (!shown.ok) return reasonOf(shown.code);
  const { canned: all } = shown.body;
  if (rest === '') {
    return all.length === 0
      ? 'There is no canned answer yet.'
      : linesOf(all.map(({ id, title }) => `/canned ${id} – ${title}`));
  }
  const one = all.find(({ id }) => id === rest.toLowerCase());
  if (one === undefined) return 'There is no canned answer of this name. /canned lists them.';
  if (conversation === undefined) return linesOf([one.title, one.text]);
  return told(say(conversation, one.text), linesOf(['Sent:', one.text]));
}

async function cases({ desk, me, now, rest, list }: Scene): Promise<string> {
  const view = rest === '' ? 'waiting' : views.find((one) => one === rest.toLowerCase());
  if (view === undefined) return `Type one of these behind it: ${views.join(', ')}.`;
  const [answer, shown] = await Promise.all([desk.listed(view), desk.shown()]);
  if (!answer.ok) return reasonOf(answer.code);
  const { cases: found, next } = answer.body;
  list(found.map(({ conversation }) => conversation));
  if (found.length === 0) return view === 'waiting' ? 'Nobody waits.' : 'There is none.';
  const has = (user: string | undefined): string =>
    user === undefined || user === me ? '' : ` – ${nameOf(user, colleaguesIn(shown))}`;
  const lines = found.map((one, index) => `${index + 1}. ${caseLine(one, now)}${has(one.assignee)}`);
  return linesOf([
    ...lines,
    next === undefined ? '/take 1 takes the first.' : 'There are more; /take 1 takes the first.',
  ]);
}

async function colleague(desk: Desk, user: string): Promise<string> {
  return nameOf(user, colleaguesIn(await desk.shown()));
}

function colleaguesIn(shown: Awaited<ReturnType<Desk['shown']>>): DeskFacts['desk.shown']['colleagues'] {
  return shown.ok ? shown.body.colleagues : [];
}

async function told(wish: Promise<ErrorCode | undefined>, done: string): Promise<string> {
  const code = await wish;
  return code === undefined ? done : reasonOf(code);
}
