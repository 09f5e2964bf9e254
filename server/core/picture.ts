/** Where people's own pictures are kept: in base64, under the name that stands behind `avatar/`. */
export const pictures = { plugin: 'identity', scope: 'avatar' } as const;

/** What a picture's address begins with, below the friend's own. */
export const picturePath = 'avatar/';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The media type of a picture in base64, by its first bytes and nothing else; undefined for whatever is none. */
export function pictureType(base64: string): 'image/png' | 'image/jpeg' | 'image/webp' | undefined {
  const start = String.fromCharCode(...bytesOf(base64.slice(0, 16)));
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return start.startsWith('RIFF') && start.slice(8) === 'WEBP' ? 'image/webp' : undefined;
}

/** The bytes that `base64` stands for. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = base64.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  for (let from = 0, at = 0; from < text.length; from += 4, at += 3) {
    const [a = 0, b = 0, c = 0, d = 0] = Array.from(text.slice(from, from + 4), (digit) => digits.indexOf(digit));
    const bits = (a << 18) | (b << 12) | (c << 6) | d;
    for (const [index, shift] of [16, 8, 0].entries()) bytes[at + index] = bits >> shift;
  }
  return bytes;
}
