import type { JSX } from 'preact';
import people from '../../theme/people.css?inline';
import cards from '../../theme/people-cards.css?inline';
import rows from '../../theme/rows.css?inline';
import sheet from '../../theme/sheet.css?inline';
import type { PartProps } from '../env.ts';
import { GroupScreen } from './GroupScreen.tsx';
import { MeScreen } from './MeScreen.tsx';
import { NewGroupScreen } from './NewGroupScreen.tsx';
import { PeopleScreen } from './PeopleScreen.tsx';
import { PersonScreen } from './PersonScreen.tsx';

export { Notice } from './Notice.tsx';

/** Their own part of the style sheet. */
export const css = rows + sheet + people + cards;

/** The screen about people, groups or oneself that is looked at. */
export function Part(props: PartProps): JSX.Element {
  const { screen } = props.view;
  if (screen.at === 'person') return <PersonScreen key={screen.user} {...props} user={screen.user} />;
  if (screen.at === 'group') return <GroupScreen key={screen.id} {...props} id={screen.id} />;
  if (screen.at === 'new-group') return <NewGroupScreen {...props} />;
  if (screen.at === 'me') return <MeScreen {...props} />;
  return <PeopleScreen {...props} />;
}
