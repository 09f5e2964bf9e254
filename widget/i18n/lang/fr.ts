import type { Language } from '../language.ts';
import { attention } from './fr/attention.ts';
import { base } from './fr/base.ts';
import { emoji } from './fr/emoji.ts';
import { files } from './fr/files.ts';
import { message } from './fr/message.ts';
import { page } from './fr/page.ts';
import { people } from './fr/people.ts';
import { search } from './fr/search.ts';

/** Français. */
export const language: Language = {
  name: 'Français',
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
