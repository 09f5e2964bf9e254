import { type TokensFile, tokensIn } from '../theme/design-tokens.ts';

/** How long a file may take, milliseconds, and how long it may be, characters. */
const patience = 10_000;
const longest = 300_000;

/**
 * What a file of design tokens holds, or the one at an address; a file of another origin has to allow it (CORS).
 * @throws Error that says why it cannot be had
 */
export async function themeAt(file: object | string, ended: AbortSignal): Promise<TokensFile> {
  if (typeof file === 'object') return tokensIn(file);
  const signal = AbortSignal.any([ended, AbortSignal.timeout(patience)]);
  const { ok, status, body } = await fetch(file, { credentials: 'omit', signal });
  if (!ok || !body) throw new Error(`The server answers ${status}.`);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    text += read.value;
    if (text.length <= longest) continue;
    await reader.cancel();
    throw new Error(`It is longer than ${longest} characters.`);
  }
  return tokensIn(JSON.parse(text));
}
