import type { Language } from '../language.ts';
import { base } from './ru/base.ts';
import { message } from './ru/message.ts';
import { people } from './ru/people.ts';

/** Русский. */
export const language: Language = { name: 'Русский', reviewed: false, base, message, people };
