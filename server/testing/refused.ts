import type { AnyFact, Fact } from '../../protocol/facts.ts';

/** The friend has refused what somebody did. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** Of the table of errors, docs/errors.md. */
  readonly code: string;
  readonly detail: string | undefined;

  constructor(who: string, what: string, code: string, advice = '', detail?: string) {
    super(`${who} was refused ${what}: ${code}. ${advice}${detail === undefined ? '' : ` (${detail})`}`.trim());
    this.code = code;
    this.detail = detail;
  }
}

/** The answer, where it is none that refuses. @throws Refused */
export function granted(who: string, what: string, answer: AnyFact | Fact): Fact {
  if (answer.type !== 'error') return answer;
  const { code, advice, detail } = answer.body as { code: string; advice?: string; detail?: string };
  throw new Refused(who, what, code, advice, detail);
}
