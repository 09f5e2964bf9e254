import { enMessage } from '../../i18n/en-message.ts';
import type { Env } from '../env.ts';

/** The texts of what a message has beside its words, by their names. */
export type MessageTexts = typeof enMessage;

/** What is said about a message, in the person's language where it is there. */
export function messageTexts(env: Pick<Env, 'words'>): MessageTexts {
  return env.words('message', enMessage);
}
