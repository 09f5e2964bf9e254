import type { Language } from '../language.ts';
import { base } from './nl/base.ts';
import { message } from './nl/message.ts';
import { people } from './nl/people.ts';

/** Nederlands. */
export const language: Language = { name: 'Nederlands', reviewed: false, base, message, people };
