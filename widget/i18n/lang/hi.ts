import type { Language } from '../language.ts';
import { attention } from './hi/attention.ts';
import { base } from './hi/base.ts';
import { emoji } from './hi/emoji.ts';
import { files } from './hi/files.ts';
import { message } from './hi/message.ts';
import { page } from './hi/page.ts';
import { people } from './hi/people.ts';
import { search } from './hi/search.ts';

/** हिन्दी. */
export const language: Language = {
  name: 'हिन्दी',
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
