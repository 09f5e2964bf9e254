import type { Language } from '../language.ts';
import { base } from './pt/base.ts';
import { people } from './pt/people.ts';

/** Português (Brasil). */
export const language: Language = { name: 'Português (Brasil)', reviewed: false, base, people };
