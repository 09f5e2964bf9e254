import type { Language } from '../language.ts';
import { base } from './de/base.ts';
import { message } from './de/message.ts';
import { people } from './de/people.ts';

/** Deutsch. */
export const language: Language = { name: 'Deutsch', reviewed: false, base, message, people };
