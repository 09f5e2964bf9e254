import type { Language } from '../language.ts';
import { base } from './ru/base.ts';
import { people } from './ru/people.ts';

/** Русский. */
export const language: Language = { name: 'Русский', reviewed: false, base, people };
