import { enSearch } from '../../i18n/en-search.ts';
import { later } from '../later.tsx';
import type { HeaderMenuProps } from '../part-props.ts';
import type { Entries } from './entry.ts';

const SearchPlace = later<HeaderMenuProps>(() => import('../search/SearchScreen.tsx'));
const TranscriptPlace = later<HeaderMenuProps>(() => import('../search/Transcript.tsx'));

/** Searches the conversation that is shown, and takes it along as a file. */
export const searchEntries: Entries = ({ env, conversation }) => {
  if (!conversation?.ready || !env.features.has('search')) return [];
  const texts = env.words('search', enSearch);
  return [
    { key: 'search', label: texts.search, part: SearchPlace },
    { key: 'transcript', label: texts.download, line: texts.downloadLine, part: TranscriptPlace },
  ];
};
