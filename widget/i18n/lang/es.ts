import type { Language } from '../language.ts';
import { base } from './es/base.ts';
import { people } from './es/people.ts';

/** Español. */
export const language: Language = { name: 'Español', reviewed: false, base, people };
