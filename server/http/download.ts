import type { Given } from '../core/file-door.ts';
import { pictureTypes } from '../core/file-type.ts';

/** What somebody has sent is a file and nothing else, also when it is opened by itself. */
const policy = "sandbox; default-src 'none'";

/**
 * A file to be saved, or a picture that may stand in a page: all of it, one range of it (RFC 9110 §14.2), or 304. What the
 * bytes of a file are never changes, so that its id is its tag.
 */
export function download(request: Request, { file, read }: Given): Response {
  const { id, name, size, type } = file;
  const isPicture = pictureTypes.includes(type);
  const tag = `"${id}"`;
  const headers = {
    'Accept-Ranges': 'bytes',
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': 'private, max-age=3600, immutable',
    'Content-Disposition': disposition(isPicture ? 'inline' : 'attachment', name),
    'Content-Security-Policy': policy,
    'Content-Type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: tag,
  };
  if (request.headers.get('If-None-Match')?.includes(tag)) return new Response(null, { status: 304, headers });
  const range = isFor(request, tag) ? wanted(request.headers.get('Range') ?? '', size) : undefined;
  if (range === 'none') {
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } });
  }
  const { from, to } = range ?? { from: 0, to: size };
  const part: Record<string, string> =
    range === undefined ? {} : { 'Content-Range': `bytes ${from}-${to - 1}/${size}` };
  const body = request.method === 'HEAD' ? null : streamOf(read(from, to));
  return new Response(body, {
    status: range === undefined ? 200 : 206,
    headers: { ...headers, ...part, 'Content-Length': String(to - from) },
  });
}

/** The name for every client (RFC 6266 §4.3), whatever stands in it; nothing in it turns the direction of the text. */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const shown = name.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, '') || 'file';
  const plain = shown.replace(/[^\w. -]/g, '_');
  // RFC 8187 §3.2.1: fewer characters stand for themselves than in a URI.
  const exact = encodeURIComponent(shown).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/** A range is of the file that the client began with (RFC 9110 §13.1.5). */
function isFor(request: Request, tag: string): boolean {
  const condition = request.headers.get('If-Range');
  return condition === null || condition === tag;
}

/** Undefined for all of it: no range, several, or what is none; `none` for one that lies outside. */
function wanted(header: string, size: number): { from: number; to: number } | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header) ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return Number(last) === 0 ? 'none' : { from: Math.max(0, size - Number(last)), to: size };
  if (last !== '' && Number(last) < Number(first)) return undefined;
  if (Number(first) >= size) return 'none';
  return { from: Number(first), to: last === '' ? size : Math.min(size, Number(last) + 1) };
}

/** Reads on as the client takes, and closes the file when he goes. */
function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
