import type { Language } from '../language.ts';
import { base } from './tr/base.ts';
import { message } from './tr/message.ts';
import { people } from './tr/people.ts';

/** Türkçe. */
export const language: Language = { name: 'Türkçe', reviewed: false, base, message, people };
