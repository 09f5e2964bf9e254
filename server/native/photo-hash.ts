const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const rounds = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6] as const;

/**
 * SHA-1 (RFC 3174) of the bytes that `base64` stands for, as 40 lower-case hexadecimal digits: the name of a picture for
 * clients (XEP-0153 §3.2), and no seal of anything.
 */
export function photoHash(base64: string): string {
  const bytes = bytesOf(base64);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, index) => {
    padded.setUint8(index, byte);
  });
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 4, bytes.length * 8);
  for (let at = 0; at < padded.byteLength; at += 64) block(padded, at, state);
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function block(data: DataView, at: number, state: number[]): void {
  const words = Array.from({ length: 80 }, (_, index) => (index < 16 ? data.getUint32(at + index * 4) : 0));
  const word = (index: number): number => words[index] ?? 0;
  for (let index = 16; index < 80; index += 1) {
    words[index] = rotated(word(index - 3) ^ word(index - 8) ^ word(index - 14) ^ word(index - 16), 1);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let index = 0; index < 80; index += 1) {
    const round = Math.floor(index / 20);
    const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    const next = (rotated(a, 5) + mixed + e + word(index) + (rounds[round] ?? 0)) | 0;
    [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
  }
  for (const [index, value] of [a, b, c, d, e].entries()) state[index] = ((state[index] ?? 0) + value) | 0;
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function bytesOf(base64: string): Uint8Array {
  const text = base64.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  for (let index = 0; index < bytes.length; index += 1) {
    const from = Math.floor(index / 3) * 4;
    const bits = [0, 1, 2, 3].reduce(
      (sum, place) => (sum << 6) | Math.max(0, digits.indexOf(text[from + place] ?? 'A')),
      0,
    );
    bytes[index] = (bits >> (16 - (index % 3) * 8)) & 255;
  }
  return bytes;
}
