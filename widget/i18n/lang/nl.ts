import type { Language } from '../language.ts';
import { attention } from './nl/attention.ts';
import { base } from './nl/base.ts';
import { emoji } from './nl/emoji.ts';
import { files } from './nl/files.ts';
import { message } from './nl/message.ts';
import { page } from './nl/page.ts';
import { people } from './nl/people.ts';
import { search } from './nl/search.ts';

/** Nederlands. */
export const language: Language = {
  name: 'Nederlands',
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
