import type { ComponentChildren, JSX } from 'preact';
import type { Person } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { Avatar, faceOf } from '../Avatar.tsx';
import type { Env } from '../env.ts';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly person: Person;
  /** One quiet line under the name; several where it is what somebody wrote (`long`). */
  readonly line?: string | undefined;
  readonly long?: boolean;
  /** What stands at the end of the name's line. */
  readonly mark?: string | undefined;
  /** Buttons that belong to this row. */
  readonly children?: ComponentChildren;
  /** What a tap does, where it does not open the card. */
  readonly onClick?: () => void;
}

/** A person in a list: a tap on face or name opens the card; what can be done stands beside it as buttons. */
export function PersonRow({ env, view, person, line, long, mark, children, onClick }: Props): JSX.Element {
  const open = onClick ?? (() => env.act('screen.show', { at: 'person', user: person.id }));
  return (
    <li class="person">
      <button type="button" class="entry" part="person" onClick={open}>
        <span class="faces">
          <Avatar {...faceOf(env, view, person)} />
        </span>
        <span class="top">
          <b>
            <bdi>{person.name}</bdi>
          </b>
          {mark && <span class="rank">{mark}</span>}
        </span>
        <span class={long ? 'under long' : 'under'}>
          <span>
            <bdi>{line}</bdi>
          </span>
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
  /** Nothing comes of it now; it stays where it is, and keeps the focus. */
  readonly off?: boolean;
  readonly onClick: () => void;
}

/** One thing that can be done. */
export function Act({ label, about, strong, off = false, onClick }: ActProps): JSX.Element {
  return (
    <button
      type="button"
      part="action"
      class={strong ? 'do strong' : 'do'}
      aria-disabled={off}
      onClick={off ? undefined : onClick}
    >
      {label}
      {about !== undefined && <span class="sr"> {about}</span>}
    </button>
  );
}

interface ItemProps {
  readonly label: string;
  readonly line?: string | undefined;
  /** Present where it is on or off. */
  readonly on?: boolean;
  readonly danger?: boolean;
  readonly onClick: () => void;
}

/** One line of a menu: what it does, and what that comes to. */
export function MenuItem({ label, line, on, danger, onClick }: ItemProps): JSX.Element {
  return (
    <li>
      <button type="button" aria-pressed={on} class={danger ? 'warn' : undefined} onClick={onClick}>
        <span>
          <b>{label}</b>
          {line && <small>{line}</small>}
        </span>
        {on !== undefined && <i class="switch" />}
      </button>
    </li>
  );
}
