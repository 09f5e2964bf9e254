import { append, type Effect, put } from '../../core/effect.ts';
import { joined } from '../../core/membership.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Reads } from '../../core/reads.ts';
import type { UserRow } from '../../core/rows.ts';
import type { Effects, PlacedReaction } from '../../core/rule.ts';
import type { AiAnswer, AiAsking } from '../../core/services.ts';
import { isCase } from '../../core/support-case.ts';
import type { AnswersOptions, Declared } from './options.ts';
import { isTaken } from './taken.ts';

const supportList = 'support';

/** Answers by itself what is said in support, or directly to the assistant; a new question ends the answer to the one before. */
export function alone(
  host: PluginHost,
  ai: Declared,
  { own, answers }: { readonly own: UserRow; readonly answers: AnswersOptions },
  think: (asking: AiAsking) => Promise<AiAnswer>,
): void {
  const { in: place = 'support', by = ['visitor', 'user'] } = answers;
  const isOurs = (log: string): boolean => place === 'support' || log.slice(9).split('_').includes(own.id.slice(2));
  const hasPeople = (read: Reads, log: string): Promise<boolean> => isTaken(read, log, host.offered('desk'));

  const reaction: PlacedReaction<'message:text'> = async (context) => {
    const { fact, read, author, now } = context;
    if (!isOurs(fact.log) || author.id === own.id || (await hasPeople(read, fact.log))) return [];
    const language = [author.attributes?.language, author.attributes?.locale].find((one) => typeof one === 'string');
    const answer = await think({
      ...{ context, user: author, conversation: fact.log, bot: own.id },
      ...(typeof language === 'string' ? { language } : {}),
    });
    // Somebody may have taken it meanwhile.
    if (answer.how === 'superseded' || (await hasPeople(read, fact.log))) return answer.effects;
    const list = place === 'support' ? { list: supportList } : {};
    const enter = await entered(read, own, fact.log, now);
    const said = (text: string): Effect =>
      append(fact.log, 'message.sent', { text }, { item: true, by: own.id, ...list });
    const handed = await handedOver(host, ai, { read, log: fact.log, answer, now, language });
    const words = handed.length > 0 ? ai.texts.handedOff : answer.words;
    return [...enter, ...(words === undefined ? [] : [said(words)]), ...handed, ...answer.effects];
  };
  host.after('message:text', { in: place, by }, reaction, { concurrency: 'latest' });

  // The assistant is there from the first connection on, so that people can write to it.
  let isThere = false;
  host.use(async (context, next) => {
    const effects = await next();
    if (isThere || context.action.type !== 'connection.open') return effects;
    const row = await kept(context.read, own);
    isThere = row.length === 0;
    return [...effects, ...row];
  });
}

/** What is stored where it goes to people; nothing where nobody can come. */
async function handedOver(
  host: PluginHost,
  ai: Declared,
  given: { read: Reads; log: string; answer: AiAnswer; now: number; language: unknown },
): Promise<Effects> {
  const { answer, language, log, now, read } = given;
  const desk = isCase(log) && ai.handOff && answer.how !== 'said' ? host.offered('desk') : undefined;
  if (desk === undefined) return [];
  const to = {
    ...(answer.note ? { note: answer.note } : {}),
    ...(typeof language === 'string' ? { language } : {}),
  };
  return desk.handOff(read, log, to, now);
}

async function entered(read: Reads, own: UserRow, log: string, now: number): Promise<Effects> {
  const stored = await kept(read, own);
  if (!isCase(log) || (await read.member(log, own.id)) !== undefined) return stored;
  const row = await read.conversation(log);
  if (row === undefined) return stored;
  const coming = joined(row, own, { role: 'bot', now, list: supportList });
  return [...stored, ...coming.map((effect) => (effect.do === 'append' ? { ...effect, by: own.id } : effect))];
}

async function kept(read: Reads, own: UserRow): Promise<Effects> {
  const stored = await read.user(own.id);
  if (stored?.name === own.name && stored.avatar === own.avatar) return [];
  return [put({ table: 'user', row: own })];
}
