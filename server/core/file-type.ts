/** The types of files that a page may show as pictures. */
export const pictureTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

/** What nobody can tell. */
export const unknownType = 'application/octet-stream';

/** Bytes that it takes to tell what a file is. */
export const headBytes = 4_096;

/** What stands where in a file of a type, each byte as a character of the same number. */
type Beginning = readonly [type: string, ...parts: (readonly [at: number, text: string])[]];

/** Brands of the ISO base media container (ISO/IEC 14496-12 §4.3) that no page can show: HEIC. */
const heic = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'];

/** The first that fits counts. */
const beginnings: readonly Beginning[] = [
  ['image/png', [0, '\x89PNG\r\n\x1a\n']],
  ['image/jpeg', [0, '\xff\xd8\xff']],
  ['image/gif', [0, 'GIF87a']],
  ['image/gif', [0, 'GIF89a']],
  ['image/webp', [0, 'RIFF'], [8, 'WEBP']],
  ['audio/wav', [0, 'RIFF'], [8, 'WAVE']],
  ['image/avif', [4, 'ftypavif']],
  ['image/avif', [4, 'ftypavis']],
  ...heic.map((brand): Beginning => [unknownType, [4, `ftyp${brand}`]]),
  ['video/mp4', [4, 'ftyp']],
  ['application/pdf', [0, '%PDF-']],
  ['audio/ogg', [0, 'OggS\0']],
  ['audio/mpeg', [0, 'ID3\x02']],
  ['audio/mpeg', [0, 'ID3\x03']],
  ['audio/mpeg', [0, 'ID3\x04']],
  ...['\xf2', '\xf3', '\xfa', '\xfb'].map((frame): Beginning => ['audio/mpeg', [0, `\xff${frame}`]]),
  ['application/zip', [0, 'PK\x03\x04']],
  ['application/zip', [0, 'PK\x05\x06']],
];

/** EBML (RFC 8794 §11.2.1): what the document is stands somewhere in its first bytes. */
const ebml = '\x1aE\xdf\xa3';

/**
 * The media type of a file by its first bytes, of which `head` has at most 4,096, and nothing else: what it was called
 * counts for nothing. Text is UTF-8 without control characters.
 */
export function fileType(head: Uint8Array): string {
  const start = String.fromCharCode(...head.subarray(0, 80));
  if (start.startsWith(ebml)) return start.includes('webm') ? 'video/webm' : unknownType;
  const known = beginnings.find(([, ...parts]) => parts.every(([at, text]) => start.startsWith(text, at)));
  return known?.[0] ?? (isText(head) ? 'text/plain' : unknownType);
}

function isText(head: Uint8Array): boolean {
  // A character that the end of `head` has cut is no fault.
  const cuts = head.length < headBytes ? [0] : [0, 1, 2, 3];
  const text = cuts.map((cut) => utf8(head.subarray(0, head.length - cut))).find((one) => one !== undefined);
  return text !== undefined && text !== '' && !/[^\P{Cc}\t\n\f\r]/u.test(text);
}

/** Undefined for what is no UTF-8. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return undefined;
  }
}
