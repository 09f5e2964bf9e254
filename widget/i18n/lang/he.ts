import type { Language } from '../language.ts';
import { base } from './he/base.ts';
import { message } from './he/message.ts';
import { people } from './he/people.ts';

/** עברית. */
export const language: Language = { name: 'עברית', reviewed: false, base, message, people };
