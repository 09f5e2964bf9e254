import type { JSX } from 'preact';
import type { Person, Presence } from '../../protocol/facts.ts';
import type { View } from '../core/view.ts';
import { type Env, presenceOf } from './env.ts';
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

interface FaceProps {
  readonly id: string;
  readonly name: string;
  /** The address of a picture, laid over the initials once it has loaded. */
  readonly src?: string | undefined;
  /** Whether the person is there, as a dot by shape and colour. */
  readonly show?: Presence['show'] | undefined;
}

/** A person's face: a picture, or initials on a tint. Decoration only, the name always stands beside it. */
export function Avatar({ id, name, src, show }: FaceProps): JSX.Element {
  return (
    <span class="face" part="avatar" style={{ '--hue': `${hueOf(id)}` }} aria-hidden="true">
      {initialsOf(name) || <Icon name="speech" />}
      {src && (
        <img
          key={src}
          src={src}
          alt=""
          onError={({ currentTarget }) => {
            currentTarget.hidden = true;
          }}
        />
      )}
      {show && <i class={`dot ${show}`} />}
    </span>
  );
}

/** What `Avatar` needs to draw somebody; `dot` adds whether he is there, where that is known. */
export function faceOf(env: Env, view: View, { id, name, avatar, kind }: Person, dot = true): FaceProps {
  const show = dot && kind !== 'bot' ? presenceOf(env, view, id)?.show : undefined;
  return { id, name, src: env.picture(avatar), show };
}

interface FacesProps {
  readonly env: Env;
  readonly view: View;
  readonly people: readonly Person[];
  /** Whether it is shown who is there. */
  readonly dot?: boolean;
}

/** Up to three faces that stand for a conversation; a speech glyph where nobody is known yet. */
export function Faces({ env, view, people, dot = false }: FacesProps): JSX.Element {
  return (
    <span class="faces" aria-hidden="true">
      {people.slice(0, 3).map((person) => (
        <Avatar key={person.id} {...faceOf(env, view, person, dot)} />
      ))}
      {people.length === 0 && (
        <span class="face none" part="avatar">
          <Icon name="speech" />
        </span>
      )}
    </span>
  );
}
