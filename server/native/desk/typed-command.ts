/** What a colleague has typed: words for the visitor, or a command that nobody else sees. */
export type Typed =
  | { readonly is: 'words'; readonly text: string }
  | { readonly is: 'command'; readonly name: string; readonly rest: string };

/**
 * Tells a command from words. `//` and a space before the stroke make words of it; so does `/me` (XEP-0245). Never throws.
 */
export function typed(text: string): Typed {
  if (text.startsWith('//')) return { is: 'words', text: text.slice(1) };
  if (/^\s+\//.test(text)) return { is: 'words', text: text.trimStart() };
  if (!text.startsWith('/') || /^\/me\s/.test(text)) return { is: 'words', text };
  const [, name = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return { is: 'command', name: name.toLowerCase(), rest: rest.trim() };
}
