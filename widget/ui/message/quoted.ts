import type { AnyFact } from '../../../protocol/facts.ts';
import { extrasOf } from '../../core/extras.ts';
import { itemOf } from '../../core/items.ts';
import type { Item, View } from '../../core/view.ts';
import { conversationAt, type Env, nameOf } from '../env.ts';
import { formatted, wordsOf } from './formatting.ts';
import { messageTexts } from './message-texts.ts';

/** A message that another one is about. */
export type Quoted = Extract<Item, { readonly kind: 'message' }>;

/** The message at `seq`, where the widget holds it. */
export function heldAt(view: View, place: string, seq: number): Quoted | undefined {
  const held = conversationAt(view, place)?.items.find((item) => item.seq === seq);
  return held?.kind === 'message' ? held : undefined;
}

const asked = new WeakMap<Env, Map<string, Promise<Quoted | undefined>>>();

/**
 * The message at `seq` of the conversation `log`, asked for once while the panel lives. Resolves with nothing where
 * there is none that this reader may see, and where no page came, because of the link or of a refusal: then the next who
 * asks tries again.
 */
export function fetchedAt(env: Env, log: string, seq: number): Promise<Quoted | undefined> {
  const known = asked.get(env) ?? new Map<string, Promise<Quoted | undefined>>();
  asked.set(env, known);
  const key = `${log} ${seq}`;
  const before = known.get(key);
  if (before) return before;
  const answer = env.ask('log.read', { log, before: seq + 1, limit: 1 }).then((facts) => {
    if (facts[0]?.type !== 'log.paged') known.delete(key);
    return messageIn(facts, seq);
  });
  known.set(key, answer);
  return answer;
}

function messageIn(facts: readonly AnyFact[], seq: number): Quoted | undefined {
  const [item] = facts.filter((fact) => fact.seq === seq).flatMap(itemOf);
  return item?.kind === 'message' ? item : undefined;
}

/** Who said it, for the eye. */
export function speakerOf(env: Env, view: View, by: string): string {
  return by === view.me?.id ? env.texts.you : nameOf(env, view, by);
}

/** A message in one line. */
export function lineOf(env: Env, { text, deleted, extras }: Pick<Quoted, 'text' | 'deleted' | 'extras'>): string {
  if (deleted) return env.texts.deleted;
  const words = wordsOf(formatted(text.slice(0, 300)));
  if (words !== '') return words;
  const [file] = extrasOf({ extras }).files ?? [];
  const texts = messageTexts(env);
  if (file?.type.startsWith('image/')) return texts.photo;
  // Those that wait are not known as files yet.
  return file?.name ?? (Object(extras).files ? texts.file : '');
}
