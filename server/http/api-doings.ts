import type * as v from 'valibot';
import type { AnyFact } from '../../protocol/facts.ts';
import { isLater } from '../../protocol/later.ts';
import { limits } from '../../protocol/limits.ts';
import type { Call } from './api-call.ts';
import { Problem } from './api-problem.ts';
import type { bodies, queries } from './api-shapes.ts';

type Body<K extends keyof typeof bodies> = v.InferOutput<(typeof bodies)[K]>;

/** Sends a message now, or at its time. */
export async function sent(call: Call, { as, to, conversation, at, ...said }: Body<'message'>): Promise<unknown> {
  const speaker = await call.speaker(as);
  const ref = to === undefined ? (conversation ?? '') : `user:${(await call.user(to)).id}`;
  const body = { conversation: ref, ...said };
  const taken = at === undefined ? undefined : await later(call, speaker.id, body, at);
  if (speaker.kind === 'bot') await call.site('site.enter', { bot: speaker.id, conversation: ref }, call.id('enter'));
  if (taken !== undefined) return taken;
  return replied(await call.as(speaker.id, 'message.send', body));
}

async function later(call: Call, user: string, body: object, at: number): Promise<object> {
  const id = call.id('later');
  await call.site('site.schedule', { id: scheduleOf(call, id), at, user, type: 'message.send', body }, id);
  return { scheduled: id, at };
}

/** Takes back what waits for its time. */
export async function unscheduled(call: Call): Promise<object> {
  const { id = '' } = call.params;
  await call.site('site.unschedule', { id: scheduleOf(call, id) }, call.id('unschedule'));
  return {};
}

/** A key takes back only what it has scheduled. */
function scheduleOf({ key }: Call, id: string): string {
  return `api ${key.name} ${id}`;
}

/** What the site is told of a message that is stored. */
export function replied(fact: AnyFact): object {
  return { conversation: fact.log, seq: fact.seq, at: fact.at, id: fact.re };
}

/** One page of a conversation. */
export function history(call: Call, query: v.InferOutput<(typeof queries)['history']>): Promise<unknown> {
  const { as, after, before, limit = '50' } = query;
  return call.site('site.history', {
    conversation: call.params.conversation,
    limit: Math.max(1, Math.min(Number(limit), limits.page)),
    ...(as === undefined ? {} : { as }),
    ...(after === undefined ? {} : { after: Number(after) }),
    ...(before === undefined ? {} : { before: Number(before) }),
  });
}

/** Sets a relation as its owner would. Where the other has to agree and has done so on the site, both say so here. */
export async function related(call: Call, { agreed = false, ...stated }: Body<'relation'>): Promise<object> {
  const [one, other] = await bothOf(call);
  const state = (): Promise<unknown> => call.as(one, 'relation.set', { user: other, ...stated });
  try {
    await state();
  } catch (error) {
    if (!agreed || codeOf(error) !== 'needs_asking') throw error;
    await call.as(one, 'relation.ask', { user: other, kind: stated.kind });
    const isAccepted = await accepted(call, one, other);
    // What they have agreed to says neither how long it lasts nor what belongs to it.
    await state().catch((again: unknown) => {
      const isShutOut = !isAccepted && codeOf(again) === 'needs_asking';
      throw isShutOut ? new Problem('limited', 'the other one shuts this user out') : again;
    });
  }
  return {};
}

/** False where there was nothing to accept: both had asked already, or the other one never hears of it. */
async function accepted(call: Call, one: string, other: string): Promise<boolean> {
  try {
    await call.as(other, 'relation.accept', { user: one });
    return true;
  } catch (error) {
    const code = codeOf(error);
    // The request waits for the repeat of this one.
    if (code === undefined || isLater(code)) throw error;
    await call.as(one, 'relation.withdraw', { user: other }).catch((none: unknown) => {
      if (codeOf(none) !== 'not_found') throw none;
    });
    if (code !== 'not_found') throw error;
    return false;
  }
}

function codeOf(error: unknown): Problem['code'] | undefined {
  return error instanceof Problem ? error.code : undefined;
}

/** Ends a relation as its owner would. */
export async function unrelated(call: Call): Promise<object> {
  const [one, other] = await bothOf(call);
  const slot = call.params.slot ?? '';
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(slot)) throw new Problem('schema', 'slot: expects a name in lower case');
  await call.as(one, 'relation.end', { user: other, slot });
  return {};
}

async function bothOf(call: Call): Promise<[string, string]> {
  const { user = '', other = '' } = call.params;
  return [(await call.user(user)).id, (await call.user(other)).id];
}

/** What is exported, line by line; the first piece is there before the answer begins, so that a wrong user is 404. */
export async function exported(call: Call): Promise<ReadableStream<Uint8Array>> {
  const { id } = await call.user(call.params.user ?? '');
  const encoder = new TextEncoder();
  let cursor: object | undefined;
  let isOver = false;
  return new ReadableStream({
    async pull(controller) {
      const asked = { user: id, ...(cursor === undefined ? {} : { cursor }) };
      const piece = isOver ? undefined : await call.site<{ lines: object[]; next?: object }>('site.export', asked);
      if (piece === undefined) return controller.close();
      cursor = piece.next;
      isOver = piece.next === undefined;
      controller.enqueue(encoder.encode(piece.lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    },
  });
}
