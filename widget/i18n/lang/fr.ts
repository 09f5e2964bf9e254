import type { Language } from '../language.ts';
import { base } from './fr/base.ts';
import { message } from './fr/message.ts';
import { people } from './fr/people.ts';

/** Français. */
export const language: Language = { name: 'Français', reviewed: false, base, message, people };
