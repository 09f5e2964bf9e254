import type { CaseState, DeskActions, DeskFacts } from '../../../protocol/desk.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Line } from '../line.ts';

/** What the desk has answered, or why it did not. */
export type Said<T> = { readonly ok: true; readonly body: T } | { readonly ok: false; readonly code: ErrorCode };

/** What can be listed, as `desk.list` names it. */
export type View = CaseState | 'mine';

/** What one account wishes of the desk, over its own line: whoever is no colleague is answered `not_found`. */
export class Desk {
  readonly #line: Pick<Line, 'insist'>;

  constructor(line: Pick<Line, 'insist'>) {
    this.#line = line;
  }

  /** Resolves with why it was not done, where it was not. The same `id` is the same wish however often it is sent. */
  async wish<T extends keyof DeskActions>(type: T, body: DeskActions[T], id?: string): Promise<ErrorCode | undefined> {
    const { fact } = await this.#line.insist(type, body, id);
    return fact.type === 'error' ? codeIn(fact.body) : undefined;
  }

  /** Hears the desk from now on. */
  shown(): Promise<Said<DeskFacts['desk.shown']>> {
    return this.#asked('desk.show', {}, 'desk.shown');
  }

  /** One page of cases. */
  listed(view: View, before?: string): Promise<Said<DeskFacts['desk.listed']>> {
    const from = before === undefined ? {} : { before };
    return this.#asked('desk.list', { view, limit: limits.page, ...from }, 'desk.listed');
  }

  opened(conversation: string): Promise<Said<DeskFacts['desk.case']>> {
    return this.#asked('desk.open', { conversation }, 'desk.case');
  }

  async #asked<A extends keyof DeskActions, F extends keyof DeskFacts>(
    type: A,
    body: DeskActions[A],
    answer: F,
  ): Promise<Said<DeskFacts[F]>> {
    const { fact } = await this.#line.insist(type, body);
    if (fact.type === answer) return { ok: true, body: fact.body as DeskFacts[F] };
    return { ok: false, code: codeIn(fact.body) };
  }
}

function codeIn(body: unknown): ErrorCode {
  return (body as { code?: ErrorCode }).code ?? 'failed';
}
