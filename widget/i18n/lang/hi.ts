import type { Language } from '../language.ts';
import { base } from './hi/base.ts';
import { message } from './hi/message.ts';
import { people } from './hi/people.ts';

/** हिन्दी. */
export const language: Language = { name: 'हिन्दी', reviewed: false, base, message, people };
