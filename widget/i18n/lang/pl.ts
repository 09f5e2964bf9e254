import type { Language } from '../language.ts';
import { base } from './pl/base.ts';
import { message } from './pl/message.ts';
import { people } from './pl/people.ts';

/** Polski. */
export const language: Language = { name: 'Polski', reviewed: false, base, message, people };
