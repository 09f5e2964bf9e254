import type { Language } from '../language.ts';
import { attention } from './zh/attention.ts';
import { base } from './zh/base.ts';
import { emoji } from './zh/emoji.ts';
import { files } from './zh/files.ts';
import { message } from './zh/message.ts';
import { page } from './zh/page.ts';
import { people } from './zh/people.ts';
import { search } from './zh/search.ts';

/** 简体中文. */
export const language: Language = {
  name: '简体中文',
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
