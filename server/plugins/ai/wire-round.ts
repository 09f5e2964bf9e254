import type { Shown } from './history.ts';
import type { Done } from './journal.ts';
import type { WantedCall, WireMessage } from './wire.ts';

/** One round as a model has to see it again: what it wanted, and what came of each call. */
export function roundOf(
  name: string,
  words: string,
  calls: readonly (WantedCall & { readonly result: string })[],
): WireMessage[] {
  const wanted = calls.map((call, nth) => ({
    id: `call_${name}_${nth}`,
    type: 'function' as const,
    function: { name: call.name, arguments: call.arguments === '' ? '{}' : call.arguments },
  }));
  return [
    { role: 'assistant', content: words === '' ? null : words, tool_calls: wanted },
    ...calls.map(({ result }, nth) => ({
      role: 'tool' as const,
      tool_call_id: `call_${name}_${nth}`,
      content: result,
    })),
  ];
}

/** What was said, and what was done for questions without an answer, each after its question. */
export function withDone(shown: readonly Shown[], done: readonly Done[]): WireMessage[] {
  const rounds = done.map(({ at, words, calls }, nth) => ({ at, messages: roundOf(`before_${nth}`, words, calls) }));
  const after = (from: number, to: number): WireMessage[] =>
    rounds.filter(({ at }) => at >= from && at < to).flatMap(({ messages }) => messages);
  return [
    ...after(0, shown[0]?.seq ?? Number.POSITIVE_INFINITY),
    ...shown.flatMap(({ seq, message }, nth) => [
      message,
      ...after(seq, shown[nth + 1]?.seq ?? Number.POSITIVE_INFINITY),
    ]),
  ];
}
