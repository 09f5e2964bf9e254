import type { JSX } from 'preact';
import type { View } from '../../core/view.ts';
import css from '../../theme/people.css?inline';
import type { Env } from '../env.ts';
import { PeopleScreen } from './PeopleScreen.tsx';
import { PersonScreen } from './PersonScreen.tsx';

/** Their own part of the style sheet. */
export { css };

/** The screen about people, groups or oneself that is looked at. */
export function Screens({ env, view }: { readonly env: Env; readonly view: View }): JSX.Element {
  const { screen } = view;
  if (screen.at === 'person') return <PersonScreen key={screen.user} env={env} view={view} user={screen.user} />;
  return <PeopleScreen env={env} view={view} />;
}
