import type { Context, Hono } from 'hono';
import { TokenBucket } from '../core/token-bucket.ts';
import { type ApiPorts, Call } from './api-call.ts';
import { type ApiKey, keyIn } from './api-keys.ts';
import { openApi } from './api-openapi.ts';
import { Problem, problemResponse } from './api-problem.ts';
import { checked, type Route, routes } from './api-routes.ts';

export interface ApiOptions extends ApiPorts {
  /** The keys that hold now. */
  readonly keys: () => readonly ApiKey[];
  /** Requests of one key each second, and at once; 50 and 200 where absent. */
  readonly rate?: { readonly perSecond: number; readonly burst: number };
  /** A route has thrown what it should not. */
  readonly failed: (error: unknown) => void;
}

/** Bytes of a request. */
export const requestBytes = 65_536;

const base = '/api/v1';

/** Serves what a site's own back end can do; see docs/api.md. */
export function apiRoutes(app: Hono, options: ApiOptions): void {
  const buckets = new Map<string, TokenBucket>();
  let document: string | undefined;

  app.get(`${base}/openapi.json`, (context) => {
    document ??= JSON.stringify(openApi(routes));
    return context.body(document, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
  });

  for (const route of routes) {
    app.on(route.method, base + route.path, async (context) => {
      try {
        return await answered(context, route, options, buckets);
      } catch (error) {
        if (error instanceof Problem) return problemResponse(error);
        options.failed(error);
        return problemResponse(new Problem('failed'));
      }
    });
  }

  app.all(`${base}/*`, () => problemResponse(new Problem('not_found', 'there is no such request')));
}

async function answered(
  context: Context,
  route: Route,
  options: ApiOptions,
  buckets: Map<string, TokenBucket>,
): Promise<Response> {
  const key = keyIn(context.req.header('Authorization'), options.keys());
  if (key === undefined) throw new Problem('unauthorized');
  paced(key, options, buckets);
  const idempotency = context.req.header('Idempotency-Key');
  if (idempotency !== undefined && !/^[\x21-\x7e]{1,200}$/.test(idempotency)) {
    throw new Problem('schema', 'Idempotency-Key: expects 1 to 200 characters');
  }
  const call = new Call(options, key, context.req.param(), idempotency);
  call.needs(route.scope);
  const query = checked(route.query, context.req.query(), 'query');
  const body = route.body === undefined ? {} : checked(route.body, await bodyOf(context.req.raw), 'body');
  const result = await route.run(call, { body, query });
  const headers = { 'Cache-Control': 'no-store' };
  if (result instanceof ReadableStream) {
    return new Response(result, { headers: { ...headers, 'Content-Type': 'application/jsonl' } });
  }
  return Response.json(result, { status: route.status, headers });
}

/** @throws Problem `rate` */
function paced({ name }: ApiKey, { clock, rate }: ApiOptions, buckets: Map<string, TokenBucket>): void {
  const { perSecond, burst } = rate ?? { perSecond: 50, burst: 200 };
  const bucket = buckets.get(name) ?? new TokenBucket(perSecond, burst, clock.now());
  buckets.set(name, bucket);
  const wait = bucket.take(clock.now());
  if (wait > 0) throw new Problem('rate', undefined, wait);
}

/** @throws Problem `too_large`, `malformed` */
async function bodyOf(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (Number(request.headers.get('Content-Length') ?? 0) > requestBytes) throw new Problem('too_large');
  const reader = request.body?.getReader();
  for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) {
    bytes += chunk.value.length;
    if (bytes > requestBytes) {
      await reader?.cancel();
      throw new Problem('too_large', `the body is longer than ${requestBytes} bytes`);
    }
    chunks.push(chunk.value);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new Problem('malformed', 'the body is no JSON');
  }
}
