import type { Theme } from '../../../widget/theme/theme.ts';
import { themeOf } from './editing.ts';

/** A theme as the fragment of an address: deflated (RFC 1951) JSON in base64url (RFC 4648 §5). */
export async function packed(theme: Theme): Promise<string> {
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(JSON.stringify(theme)));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The theme in a fragment; nothing where that is no such thing, or longer than any theme. */
export async function unpacked(text: string): Promise<Theme | undefined> {
  if (text.length > 20_000) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0));
    const json = new TextDecoder().decode(await through(new DecompressionStream('deflate-raw'), bytes));
    return themeOf(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** What may come out of a stream, bytes: a short link can hold a long text. */
const most = 200_000;

/** @throws RangeError for what is too long, TypeError for what is not deflated */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: number[] = [];
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (parts.length + read.value.length > most) {
      await reader.cancel();
      throw new RangeError('This is longer than any theme.');
    }
    for (const byte of read.value) parts.push(byte);
  }
  return Uint8Array.from(parts);
}
