import type { Language } from '../language.ts';
import { base } from './de/base.ts';
import { people } from './de/people.ts';

/** Deutsch. */
export const language: Language = { name: 'Deutsch', reviewed: false, base, people };
