import type { Language } from '../language.ts';
import { base } from './it/base.ts';
import { message } from './it/message.ts';
import { people } from './it/people.ts';

/** Italiano. */
export const language: Language = { name: 'Italiano', reviewed: false, base, message, people };
