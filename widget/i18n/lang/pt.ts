import type { Language } from '../language.ts';
import { base } from './pt/base.ts';
import { message } from './pt/message.ts';
import { people } from './pt/people.ts';

/** Português (Brasil). */
export const language: Language = { name: 'Português (Brasil)', reviewed: false, base, message, people };
