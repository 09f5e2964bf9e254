import { packedText, unpackedText } from '../../studio/packing.ts';
import { type Draft, draftOf } from './draft.ts';

const fragment = 'code=';

/** Characters of the longest fragment that is read. */
const most = 60_000;

/** The fragment of an address that holds a draft. */
export async function fragmentOf(draft: Draft): Promise<string> {
  return `#${fragment}${await packedText(JSON.stringify(draft))}`;
}

/** The draft in the fragment of an address; nothing where there is none. */
export async function draftIn(hash: string): Promise<Draft | undefined> {
  if (!hash.startsWith(`#${fragment}`)) return undefined;
  return draftOf(await unpackedText(hash.slice(fragment.length + 1), most));
}
