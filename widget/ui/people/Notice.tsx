import type { JSX } from 'preact';
import { enPeople } from '../../i18n/en-people.ts';
import type { PartProps } from '../env.ts';

/** Says why nothing came of what somebody wished. */
export function Notice({ view }: PartProps): JSX.Element | null {
  const { notice } = view;
  if (notice === undefined) return null;
  const texts: Readonly<Record<string, string>> = enPeople.notices;
  const { wish, code } = notice;
  return <p class="notice">{texts[`${wish} ${code}`] ?? texts[code] ?? enPeople.notices.other}</p>;
}
