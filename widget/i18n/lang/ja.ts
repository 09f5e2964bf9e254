import type { Language } from '../language.ts';
import { attention } from './ja/attention.ts';
import { base } from './ja/base.ts';
import { emoji } from './ja/emoji.ts';
import { files } from './ja/files.ts';
import { message } from './ja/message.ts';
import { page } from './ja/page.ts';
import { people } from './ja/people.ts';
import { search } from './ja/search.ts';

/** 日本語. */
export const language: Language = {
  name: '日本語',
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
