import type { Language } from '../language.ts';
import { base } from './ar/base.ts';
import { message } from './ar/message.ts';
import { people } from './ar/people.ts';

/** العربية. */
export const language: Language = { name: 'العربية', reviewed: false, base, message, people };
