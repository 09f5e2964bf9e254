import * as v from 'valibot';

export type ReadBody = { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly detail: string };

/** Reads a body by its schema; `detail` names the path that is wrong, and never what stood there. */
export function readBody(schema: v.GenericSchema, body: unknown, name = 'body'): ReadBody {
  const parsed = v.safeParse(schema, body, { abortEarly: true });
  if (parsed.success) return { ok: true, body: parsed.output };
  return { ok: false, detail: describe(parsed.issues[0], name) };
}

/** What is wrong, and where, in at most 200 characters. */
export function describe(issue: v.BaseIssue<unknown>, prefix?: string): string {
  const path = [prefix, v.getDotPath(issue)].filter(Boolean).join('.');
  return `${path || 'event'}: ${issue.message}`.slice(0, 200);
}
