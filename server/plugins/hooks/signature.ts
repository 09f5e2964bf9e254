/** What of Web Cryptography is used here; browsers and Node have it, and types without DOM and Node do not. */
declare const crypto: {
  readonly subtle: {
    importKey(form: 'raw', key: Uint8Array, algorithm: object, isExportable: false, uses: ['sign']): Promise<object>;
    sign(algorithm: 'HMAC', key: object, data: Uint8Array): Promise<ArrayBuffer>;
  };
};
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare function btoa(binary: string): string;
declare function atob(base64: string): string;

const prefix = 'whsec_';

/** The bytes of a secret; undefined where it is none. */
export function keyOf(secret: string): Uint8Array | undefined {
  if (!secret.startsWith(prefix) || !/^[A-Za-z0-9+/]+={0,2}$/.test(secret.slice(prefix.length))) return undefined;
  try {
    const key = Uint8Array.from(atob(secret.slice(prefix.length)), (character) => character.charCodeAt(0));
    return key.length >= 24 && key.length <= 64 ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The headers that prove a delivery (Standard Webhooks 1.0.0); one signature for each key. `now`: milliseconds. */
export async function signed(
  id: string,
  body: string,
  keys: readonly Uint8Array[],
  now: number,
): Promise<Readonly<Record<string, string>>> {
  const timestamp = String(Math.floor(now / 1_000));
  const data = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signatures = await Promise.all(keys.map(async (key) => `v1,${base64(await hmac(key, data))}`));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

async function hmac(raw: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data));
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
