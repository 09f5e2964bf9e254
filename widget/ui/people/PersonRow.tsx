import type { ComponentChildren, JSX } from 'preact';
import type { Person } from '../../../protocol/facts.ts';
import { Avatar } from '../Avatar.tsx';
import type { Env } from '../env.ts';

interface Props {
  readonly env: Env;
  readonly person: Person;
  /** One quiet line under the name. */
  readonly line?: string | undefined;
  /** Buttons that belong to this row. */
  readonly children?: ComponentChildren;
}

/** A person in a list: a tap on face or name opens the card; what can be done stands beside it as buttons. */
export function PersonRow({ env, person, line, children }: Props): JSX.Element {
  return (
    <li class="person">
      <button type="button" class="entry" onClick={() => env.act('screen.show', { at: 'person', user: person.id })}>
        <span class="faces">
          <Avatar id={person.id} name={person.name} />
        </span>
        <span class="top">
          <b>
            <bdi>{person.name}</bdi>
          </b>
        </span>
        <span class="under">
          <bdi>{line}</bdi>
        </span>
      </button>
      {children && <span class="acts">{children}</span>}
    </li>
  );
}

interface ActProps {
  readonly label: string;
  /** Who it is about, for who cannot see the row. */
  readonly about?: string;
  readonly strong?: boolean;
  readonly onClick: () => void;
}

/** One thing that can be done. */
export function Act({ label, about, strong, onClick }: ActProps): JSX.Element {
  return (
    <button type="button" class={strong ? 'do strong' : 'do'} onClick={onClick}>
      {label}
      {about !== undefined && <span class="sr"> {about}</span>}
    </button>
  );
}
