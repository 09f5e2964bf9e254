import type { Answered, Fetch } from '../core/ports.ts';

/** Bytes of one answer. */
const longest = 1_048_576;

/** Addresses that one asking may be sent on to. */
const redirects = 3;

/** Methods that are asked again by GET where the answer is elsewhere (RFC 9110 §15.4). */
const seeOther = (status: number, method: string): boolean =>
  status === 303 || ((status === 301 || status === 302) && method === 'POST');

/** Headers that are for one origin alone. */
const personal = ['authorization', 'cookie', 'proxy-authorization'];

/** What of the runtime is needed: its `fetch` (https://fetch.spec.whatwg.org). */
export type RuntimeFetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * The web by the `fetch` of Node or of a page: http and https alone, at most 1 MiB of text, and sent on at most three times,
 * by https never to http. A page follows by itself, as far as its browser does.
 */
export function webFetch(fetch: RuntimeFetch = (url, init) => globalThis.fetch(url, init)): Fetch {
  return async (url, { method = 'GET', headers = {}, body, redirect, signal }) => {
    const controller = new AbortController();
    signal.onAbort(() => controller.abort());
    const hop = (to: URL, asked: RequestInit): Promise<Response> =>
      fetch(to.href, { ...asked, redirect: 'manual', signal: controller.signal });
    let at = addressOf(url);
    let asked: RequestInit = { method, headers: { ...headers }, ...(body === undefined ? {} : { body }) };
    for (let sent = 0; ; sent += 1) {
      const response = await hop(at, asked);
      if (redirect === 'never' && response.type !== 'opaqueredirect') return read(response, controller);
      if (redirect === 'never') throw new Error(`${at.origin} sends on.`);
      if (response.type === 'opaqueredirect') {
        return read(await fetch(at.href, { ...asked, redirect: 'follow', signal: controller.signal }), controller);
      }
      const location = [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get('location') : null;
      if (location === null) return read(response, controller);
      await response.body?.cancel();
      if (sent === redirects) throw new Error(`${at.origin} sends on more than ${redirects} times.`);
      const next = addressOf(new URL(location, at).href);
      if (at.protocol === 'https:' && next.protocol === 'http:') throw new Error(`${at.origin} sends on to http.`);
      asked = onwards(asked, seeOther(response.status, asked.method ?? 'GET'), next.origin !== at.origin);
      at = next;
    }
  };
}

/** @throws Error for what is no address of the web */
function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new Error('Only addresses of http and https are asked.');
  return url;
}

function onwards({ method, headers, body }: RequestInit, byGet: boolean, elsewhere: boolean): RequestInit {
  const kept = Object.entries(headers as Record<string, string>).filter(
    ([name]) => !(elsewhere && personal.includes(name.toLowerCase())) && !(byGet && /^content-/i.test(name)),
  );
  const asked = { method: byGet ? 'GET' : (method ?? 'GET'), headers: Object.fromEntries(kept) };
  return byGet || body === undefined || body === null ? asked : { ...asked, body };
}

async function read(response: Response, controller: AbortController): Promise<Answered> {
  const text = await textOf(response, controller);
  return {
    status: response.status,
    ok: response.ok,
    headers: Object.fromEntries(response.headers),
    text,
    json: () => JSON.parse(text) as unknown,
  };
}

async function textOf(response: Response, controller: AbortController): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > longest) {
      controller.abort();
      throw new Error(`The answer is longer than ${longest} bytes.`);
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}
