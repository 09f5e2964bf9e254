/** A text as part of an address: deflated (RFC 1951), in base64url (RFC 4648 §5). */
export async function packedText(text: string): Promise<string> {
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text), longest);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The text in part of an address; nothing where that is no such thing, or longer than `most` characters or 200,000 bytes. */
export async function unpackedText(packed: string, most: number): Promise<string | undefined> {
  if (packed.length > most) return undefined;
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (byte) => byte.charCodeAt(0));
    return new TextDecoder().decode(await through(new DecompressionStream('deflate-raw'), bytes, longest));
  } catch {
    return undefined;
  }
}

/** What may come out of a stream, bytes: a short link can hold a long text. */
const longest = 200_000;

/** @throws RangeError for what is too long, TypeError for what is not deflated */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: number[] = [];
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (parts.length + read.value.length > most) {
      await reader.cancel();
      throw new RangeError('This is longer than what a link may hold.');
    }
    for (const byte of read.value) parts.push(byte);
  }
  return Uint8Array.from(parts);
}
