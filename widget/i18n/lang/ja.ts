import type { Language } from '../language.ts';
import { base } from './ja/base.ts';
import { message } from './ja/message.ts';
import { people } from './ja/people.ts';

/** 日本語. */
export const language: Language = { name: '日本語', reviewed: false, base, message, people };
