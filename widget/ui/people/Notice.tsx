import type { JSX } from 'preact';
import type { PartProps } from '../env.ts';
import { peopleTexts } from './people-texts.ts';

/** Says why nothing came of what somebody wished. */
export function Notice({ env, view }: PartProps): JSX.Element | null {
  const { notice } = view;
  if (notice === undefined) return null;
  const { notices } = peopleTexts(env);
  const texts: Readonly<Record<string, string>> = notices;
  const { wish, code } = notice;
  return (
    <p class="notice" part="notice">
      {texts[`${wish} ${code}`] ?? texts[code] ?? notices.other}
    </p>
  );
}
