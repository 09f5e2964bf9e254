import type { Language } from '../language.ts';
import { base } from './es/base.ts';
import { message } from './es/message.ts';
import { people } from './es/people.ts';

/** Español. */
export const language: Language = { name: 'Español', reviewed: false, base, message, people };
