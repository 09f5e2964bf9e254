import type { JSX } from 'preact';
import type { Person } from '../../protocol/facts.ts';
import { Icon } from './Icon.tsx';

/** The letters that stand for a name: two where the script has capitals, else one. */
export function initialsOf(name: string): string {
  const firsts = name
    .split(/\s+/)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '')
    .filter(Boolean);
  const [first = '', ...rest] = firsts;
  const last = rest.at(-1) ?? '';
  const hasCase = first.toLowerCase() !== first.toUpperCase();
  return (hasCase ? first + last : first).toUpperCase();
}

/** A hue in degrees that stays with a user id, so that a person has the same tint everywhere. */
export function hueOf(id: string): number {
  let hash = 0;
  for (const unit of id) hash = (hash * 31 + unit.charCodeAt(0)) >>> 0;
  return (hash * 137) % 360;
}

/** A person's face: initials on a tint. Decoration only, the name always stands beside it. */
export function Avatar({ id, name }: { readonly id: string; readonly name: string }): JSX.Element {
  return (
    <span class="face" style={{ '--hue': `${hueOf(id)}` }} aria-hidden="true">
      {initialsOf(name) || <Icon name="speech" />}
    </span>
  );
}

/** Up to three faces that stand for a conversation; a speech glyph where nobody is known yet. */
export function Faces({ people }: { readonly people: readonly Person[] }): JSX.Element {
  return (
    <span class="faces" aria-hidden="true">
      {people.slice(0, 3).map(({ id, name }) => (
        <Avatar key={id} id={id} name={name} />
      ))}
      {people.length === 0 && (
        <span class="face none">
          <Icon name="speech" />
        </span>
      )}
    </span>
  );
}
