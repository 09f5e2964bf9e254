import type { Language } from '../language.ts';
import { attention } from './tr/attention.ts';
import { base } from './tr/base.ts';
import { emoji } from './tr/emoji.ts';
import { files } from './tr/files.ts';
import { message } from './tr/message.ts';
import { page } from './tr/page.ts';
import { people } from './tr/people.ts';
import { search } from './tr/search.ts';

/** Türkçe. */
export const language: Language = {
  name: 'Türkçe',
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
