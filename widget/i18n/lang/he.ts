import type { Language } from '../language.ts';
import { base } from './he/base.ts';
import { people } from './he/people.ts';

/** עברית. */
export const language: Language = { name: 'עברית', reviewed: false, base, people };
