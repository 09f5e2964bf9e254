import type { Settings } from './settings.ts';

/** What an attribute may say, where not everything. */
const values: Readonly<Record<string, readonly string[]>> = {
  mode: ['bubble', 'inline', 'page'],
  side: ['start', 'end'],
};

const described = new Set<string>();

/**
 * Says once, in the console, of attributes that look like ours and are none, and of values that do not exist, what there
 * is. What belongs to others is none of our business.
 */
export function warnOf(settings: Settings): void {
  const { odd, ...known } = settings;
  const names = Object.keys(known);
  for (const name of odd) {
    if (described.has(name)) continue;
    described.add(name);
    const near = names.find((one) => distance(one.toLowerCase(), name.toLowerCase()) <= 2);
    const allowed = values[name];
    if (allowed) console.warn(`befriend: ${attribute(name)} can be ${allowed.join(', ')}`);
    else if (near !== undefined && near !== name) {
      const all = names.map(attribute).join(', ');
      console.warn(`befriend: ${attribute(name)} does not exist. Is ${attribute(near)} meant? There are ${all}`);
    }
  }
}

/** HTML §3.2.6.6: how a name of `dataset` is written as an attribute. */
function attribute(name: string): string {
  return `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** How many letters have to be put in, taken out or exchanged (Levenshtein). */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 0; column < other.length; column += 1) {
      const same = letter === other[column] ? 0 : 1;
      next.push(Math.min((row[column] ?? 0) + same, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
