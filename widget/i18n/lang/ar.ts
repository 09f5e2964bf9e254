import type { Language } from '../language.ts';
import { base } from './ar/base.ts';
import { people } from './ar/people.ts';

/** العربية. */
export const language: Language = { name: 'العربية', reviewed: false, base, people };
