import type { Theme } from '../../../widget/theme/theme.ts';
import { packedText, unpackedText } from '../packing.ts';
import { themeOf } from './editing.ts';

/** Characters of the longest fragment that can be a theme. */
const most = 20_000;

/** A theme as the fragment of an address: deflated (RFC 1951) JSON in base64url (RFC 4648 §5). */
export function packed(theme: Theme): Promise<string> {
  return packedText(JSON.stringify(theme));
}

/** The theme in a fragment; nothing where that is no such thing, or longer than any theme. */
export async function unpacked(text: string): Promise<Theme | undefined> {
  const json = await unpackedText(text, most);
  if (json === undefined) return undefined;
  try {
    return themeOf(JSON.parse(json));
  } catch {
    return undefined;
  }
}
