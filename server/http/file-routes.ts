import type { Context, Hono } from 'hono';
import { filePath } from '../core/file-address.ts';
import type { FileDoor, FileRefusal, Taken } from '../core/file-door.ts';
import { download } from './download.ts';
import { chunksOf, rangeOf } from './upload.ts';

/** The status of each refusal, as docs/files.md promises it. */
const statuses = {
  ...{ forged: 403, gone: 404, wrong: 400, misplaced: 409, long: 413, quota: 413, broken: 415, stalled: 408 },
  ...{ busy: 429, crowded: 503, full: 507 },
} as const satisfies Record<FileRefusal, number>;

/** Seconds after which it may be tried again. */
const pauses: { readonly [R in FileRefusal]?: number } = { busy: 2, crowded: 5, full: 60 };

/** Pages of every origin may ask, and none with a cookie: what counts is the signed address. */
const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Upload-Offset, Upload-Complete, Retry-After',
  'Cache-Control': 'no-store',
} as const;

const preflight = {
  ...cors,
  'Access-Control-Allow-Methods': 'GET, HEAD, PUT',
  'Access-Control-Allow-Headers': 'Content-Range, Content-Type, Range',
  'Access-Control-Max-Age': '86400',
} as const;

/** Serves the bytes of files in and out, see docs/files.md. */
export function fileRoutes(app: Hono, door: FileDoor): void {
  const id = `/${filePath}:id{f_[0-9a-z]{20}}`;

  for (const path of [id, `${id}/:name`] as const) {
    app.options(path, (context) => context.body(null, 204, preflight));

    // Hono leads HEAD here, too.
    app.get(path, async (context) => {
      const { id, put, get } = asked(context);
      if (put !== undefined && context.req.method === 'HEAD') return told(await door.look(id, put), 200);
      const given = get === undefined ? undefined : await door.give(id, get);
      if (given === 'forged') return context.text('This address is not valid any more.', 403, cors);
      return given === undefined ? context.notFound() : download(context.req.raw, given);
    });

    app.put(path, async (context) => {
      const { id, put = '' } = asked(context);
      const header = context.req.header('Content-Range');
      const range = header === undefined ? { at: 0 } : rangeOf(header);
      if (range === undefined) return told({ refused: 'wrong' });
      if (range === 'nothing') return told(await door.look(id, put));
      const { chunks, isCut } = chunksOf(context.req.raw);
      try {
        return told(await door.take(id, put, { ...range, chunks }));
      } catch (error) {
        if (!isCut()) throw error;
        // Nobody hears it: the line is cut.
        return context.body(null, 400, cors);
      }
    });
  }
}

function asked(context: Context): { id: string; put: string | undefined; get: string | undefined } {
  return { id: context.req.param('id') ?? '', put: context.req.query('put'), get: context.req.query('get') };
}

function told(taken: Taken, status: 200 | 204 = 204): Response {
  const offset: Record<string, string> = taken.at === undefined ? {} : { 'Upload-Offset': String(taken.at) };
  if (taken.refused === undefined) {
    const headers = { ...cors, ...offset, 'Upload-Complete': taken.isWhole ? '?1' : '?0' };
    return new Response(null, { status, headers });
  }
  const pause = pauses[taken.refused];
  const later: Record<string, string> = pause === undefined ? {} : { 'Retry-After': String(pause) };
  return new Response(null, { status: statuses[taken.refused], headers: { ...cors, ...offset, ...later } });
}
