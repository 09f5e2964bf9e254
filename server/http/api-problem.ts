import { type ErrorCode, errors } from '../../protocol/errors.ts';

/** What only the HTTP API refuses; everything else has a code of the protocol. */
export const apiErrors = {
  unauthorized: { status: 401, advice: 'Send Authorization: Bearer and a key of BEFRIEND_API_KEYS.' },
  forbidden: { status: 403, advice: 'The key has no such scope; detail names it. Give it one, or use another key.' },
} as const;

/** The status of each code where it is another than what its kind says: 422 for a final one, 503 for a later one. */
const statuses: { readonly [C in ErrorCode]?: number } = {
  ...{ malformed: 400, too_large: 413, quota: 413, not_found: 404, unknown_type: 404, failed: 500 },
  ...{ id_reused: 409, answered: 409, too_late: 409, needs_asking: 409, limited: 409 },
  ...{ rate: 429, slow: 429 },
};

/** Why a request is not done. Thrown in a route, and answered as RFC 9457 says. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode | keyof typeof apiErrors;
  readonly detail: string | undefined;
  /** Milliseconds after which it can be tried again. */
  readonly retryAfter: number | undefined;

  constructor(code: Problem['code'], detail?: string, retryAfter?: number) {
    super(detail ?? code);
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

/** The status that a code has. */
export function statusOf(code: Problem['code']): number {
  if (code === 'unauthorized' || code === 'forbidden') return apiErrors[code].status;
  return statuses[code] ?? (errors[code].kind === 'final' ? 422 : 503);
}

/** The answer to a request that is not done, `application/problem+json`. */
export function problemResponse({ code, detail, retryAfter }: Problem): Response {
  const status = statusOf(code);
  const advice = code === 'unauthorized' || code === 'forbidden' ? apiErrors[code].advice : errors[code].advice;
  const pause = retryAfter ?? (status === 503 || status === 429 ? 1_000 : undefined);
  const body = { type: 'about:blank', title: advice, status, code, ...(detail === undefined ? {} : { detail }) };
  const headers: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...(pause === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(pause / 1_000))) }),
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  };
  return new Response(JSON.stringify(body), { status, headers });
}

/** Whether a text is a code of the protocol. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code);
}
