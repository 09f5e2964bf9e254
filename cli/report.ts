import type { Finding } from './finding.ts';

/** A finding in a line, with its place as editors and terminals understand it: `brand.json:12:7: …`. */
export function lineOf({ file, line, column, pointer, token, reason }: Finding): string {
  const place = [file, line, column].filter((one) => one !== undefined).join(':');
  const about = token === undefined ? '' : `${token}: `;
  return `${place}: ${about}${reason}${pointer === undefined || pointer === '' ? '' : ` (${pointer})`}`;
}
