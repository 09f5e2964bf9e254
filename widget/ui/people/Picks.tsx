import type { JSX } from 'preact';
import type { Person } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { Avatar, faceOf } from '../Avatar.tsx';
import type { Env } from '../env.ts';
import { most } from './most.ts';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly label: string;
  /** What is said where there is nobody to choose. */
  readonly none: string;
  readonly people: readonly Person[];
  readonly picked: readonly string[];
  readonly onPicked: (picked: readonly string[]) => void;
}

/** Several people chosen from one's own. */
export function Picks({ env, view, label, none, people, picked, onPicked }: Props): JSX.Element {
  const turned = (id: string): readonly string[] =>
    picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id];
  return (
    <fieldset>
      <legend>{label}</legend>
      {people.length === 0 && <p class="quiet">{none}</p>}
      {people.map((person) => (
        <label key={person.id} class="pick">
          <span class="faces">
            <Avatar {...faceOf(env, view, person)} />
          </span>
          <span>
            <bdi>{person.name}</bdi>
          </span>
          <input
            type="checkbox"
            checked={picked.includes(person.id)}
            disabled={!picked.includes(person.id) && picked.length >= most.people}
            onChange={() => onPicked(turned(person.id))}
          />
        </label>
      ))}
    </fieldset>
  );
}
