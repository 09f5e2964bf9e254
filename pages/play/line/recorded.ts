import type { Trace } from '../../../server/core/trace.ts';
import { eventsIn } from './causes.ts';
import { Known } from './known.ts';

/** Who was there: the name in front of the widget, and whether he answers for the site. */
interface Present {
  readonly id: string;
  readonly name: string;
  readonly isColleague: boolean;
}

/** Time that passed unseen, milliseconds: below it nobody has let time pass. */
const pause = 120_000;

/** Lines that a test may have. */
const longest = 400;

/** A test that says, waits for and hears again what these steps of a friend show, for `befriend.config.ts` beside it. */
export function recordedTest(steps: readonly Trace[], people: readonly Present[], conversation: string): string {
  const known = new Known();
  for (const step of steps) known.learn(step);
  const userNames = new Map(people.map((one) => [one.name, one]));
  const named = (user: string | undefined): Present | undefined => userNames.get(known.nameOf(user) ?? '');
  const heard = new Set<string>();
  const spoke = new Set<string>();
  const lines: string[] = [];
  let last: number | undefined;

  const places = new Places();
  const line = (who: Present, words: string, kept = ''): void => {
    if (lines.length >= longest) return;
    spoke.add(who.id);
    lines.push(`  ${kept}await ${who.id}.${words};`);
  };
  for (const step of steps) {
    if (last !== undefined && step.at - last >= pause && spoke.size > 0 && lines.length < longest) {
      lines.push('', `  await chat.later('${Math.round((step.at - last) / 60_000)} minutes');`);
    }
    last = step.at;
    if (step.kind === 'action') {
      const who = named(step.user);
      const words = who && wordsOf(step.action, steps);
      if (who === undefined || words === undefined) continue;
      const way = who.isColleague ? places.wayTo(who.id, step.action) : '';
      if (way === undefined) continue;
      if (lines.length > 0) lines.push('');
      if (way !== '') line(who, way);
      line(who, words);
    }
    if (step.kind !== 'told') continue;
    const who = named(known.userAt(step.to));
    for (const fact of eventsIn(step.frame)) {
      if (who === undefined || fact.type !== 'message.sent' || !('log' in fact) || fact.by === known.userAt(step.to))
        continue;
      const { text } = fact.body as { readonly text?: unknown };
      const mark = `${who.id} ${fact.log} ${fact.seq}`;
      if (typeof text !== 'string' || text === '' || heard.has(mark)) continue;
      heard.add(mark);
      line(who, `hears(${quoted(text)})`, who.isColleague ? places.keptBy(`${fact.log}`) : '');
    }
  }
  return fileOf(
    lines,
    people.filter(({ id }) => spoke.has(id)),
    conversation,
  );
}

type Acted = Extract<Trace, { kind: 'action' }>['action'];

/** Which conversations a test knows by a name of its own: a colleague looks at a list, and opens what he has heard of. */
class Places {
  readonly #names = new Map<string, string>();
  readonly #opened = new Map<string, string>();

  /** What keeps the conversation of what is heard, in front of the verb; nothing where it is known. */
  keptBy(log: string): string {
    if (this.#names.has(log)) return '';
    const name = this.#names.size === 0 ? 'conversation' : `conversation${this.#names.size + 1}`;
    this.#names.set(log, name);
    return `const { conversation${name === 'conversation' ? '' : `: ${name}`} } = `;
  }

  /** The verb by which somebody comes to where he acts: empty where he is there, nothing where no test could say it. */
  wayTo(id: string, { body }: Acted): string | undefined {
    const { conversation } = body as { readonly conversation?: unknown };
    if (typeof conversation !== 'string' || this.#opened.get(id) === conversation) return '';
    const name = this.#names.get(conversation);
    if (name !== undefined) this.#opened.set(id, conversation);
    return name === undefined ? undefined : `opens(${name})`;
  }
}

/** The verb of a person that an action comes from; nothing where a test says no such thing. */
function wordsOf({ type, body }: Acted, steps: readonly Trace[]): string | undefined {
  const { text, conversation, seq, choice, values } = body as Readonly<Record<string, unknown>>;
  if (type === 'message.send' && typeof text === 'string') return `says(${quoted(text)})`;
  if (type === 'message.answer' && typeof choice === 'string') {
    return `chooses(${quoted(labelOf(steps, conversation, seq, choice))})`;
  }
  if (type === 'message.answer' && values !== undefined) return `fills(${JSON.stringify(values)})`;
  const isShipped =
    /^(message|conversation|member|invite|relation|connection|presence|composer|typing|marker|person|file|log|page|desk|device|identity|case|search|user|profile)\b/;
  return isShipped.test(type) ? undefined : `emits(${quoted(type)}, ${JSON.stringify(body)})`;
}

/** What stands on a choice of a message. */
function labelOf(steps: readonly Trace[], log: unknown, seq: unknown, choice: string): string {
  for (const step of steps) {
    if (step.kind !== 'stored' || step.fact.log !== log || step.fact.seq !== seq) continue;
    const { extras = {} } = JSON.parse(step.fact.body) as { extras?: { replies?: Offered[]; buttons?: Offered[] } };
    const offered = [...(extras.replies ?? []), ...(extras.buttons ?? [])].find(({ id }) => id === choice);
    if (offered !== undefined) return offered.label;
  }
  return choice;
}

interface Offered {
  readonly id: string;
  readonly label: string;
}

function fileOf(lines: readonly string[], people: readonly Present[], conversation: string): string {
  const come = people.map(
    ({ id, name, isColleague }) => `  const ${id} = chat.${isColleague ? 'colleague' : 'person'}(${quoted(name)});`,
  );
  // Who comes late reads what was said before: here everybody was there.
  const there = people.length > 1 ? people.map(({ id }) => `  await ${id}.arrives();`) : [];
  return `import { testChat } from 'befriend/testing';
import { test } from 'vitest';
import config from './befriend.config.ts';

test('answers as it did in the playground', async () => {
  await using chat = await testChat(config, { conversation: ${quoted(conversation)} });
${[...come, ...there, '', ...lines].join('\n').trimEnd()}
});
`;
}

/** A string of a program, in single quotes. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
