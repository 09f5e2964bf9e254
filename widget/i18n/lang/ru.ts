import type { Language } from '../language.ts';
import { attention } from './ru/attention.ts';
import { base } from './ru/base.ts';
import { emoji } from './ru/emoji.ts';
import { files } from './ru/files.ts';
import { message } from './ru/message.ts';
import { page } from './ru/page.ts';
import { people } from './ru/people.ts';
import { search } from './ru/search.ts';

/** Русский. */
export const language: Language = {
  name: 'Русский',
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
