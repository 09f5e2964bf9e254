import type { Language } from '../language.ts';
import { attention } from './it/attention.ts';
import { base } from './it/base.ts';
import { emoji } from './it/emoji.ts';
import { files } from './it/files.ts';
import { message } from './it/message.ts';
import { page } from './it/page.ts';
import { people } from './it/people.ts';
import { search } from './it/search.ts';

/** Italiano. */
export const language: Language = {
  name: 'Italiano',
  reviewed: false,
  attention,
  base,
  emoji,
  files,
  message,
  page,
  people,
  search,
};
