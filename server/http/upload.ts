import type { Coming } from '../core/file-door.ts';

/**
 * What `Content-Range` says (RFC 9110 §14.4); `nothing` for a range of `*`, where no bytes come. Undefined where it cannot
 * be read.
 */
export function rangeOf(header: string): Omit<Coming, 'chunks'> | 'nothing' | undefined {
  const [, first, last, all] = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(\d{1,15})$/.exec(header) ?? [];
  if (all === undefined) return undefined;
  if (first === undefined || last === undefined) return 'nothing';
  const range = { at: Number(first), end: Number(last) + 1, size: Number(all) };
  return range.at < range.end && range.end <= range.size ? range : undefined;
}

/** The body of a request piece by piece; `isCut` once the client has gone before its end. */
export function chunksOf(request: Request): { readonly chunks: AsyncIterable<Uint8Array>; isCut(): boolean } {
  let cut = false;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const reader = request.body?.getReader();
    if (reader === undefined) return;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } catch (error) {
      cut = true;
      throw error;
    }
  }
  return { chunks: chunks(), isCut: () => cut };
}
