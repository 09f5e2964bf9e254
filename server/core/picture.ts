/** Where people's own pictures are kept: in base64, under the name that stands behind `avatar/`. */
export const pictures = { plugin: 'identity', scope: 'avatar' } as const;

/** What a picture's address begins with, below the friend's own. */
export const picturePath = 'avatar/';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The media type of a picture in base64, by its first bytes and nothing else; undefined for whatever is none. */
export function pictureType(base64: string): 'image/png' | 'image/jpeg' | 'image/webp' | undefined {
  const start = firstBytes(base64);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  return start.startsWith('RIFF') && start.slice(8) === 'WEBP' ? 'image/webp' : undefined;
}

/** The first twelve bytes, each as a character of the same number. */
function firstBytes(base64: string): string {
  let text = '';
  for (let at = 0; at < 16; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = Array.from(base64.slice(at, at + 4), (digit) => digits.indexOf(digit));
    const bits = (a << 18) | (b << 12) | (c << 6) | d;
    text += String.fromCharCode((bits >> 16) & 255, (bits >> 8) & 255, bits & 255);
  }
  return text;
}
