import type { Env } from '../env.ts';

/** Emoji that were used last, which are kept. */
const most = 16;

/** The emoji that this person has used last, the last first; without their tone. */
export function keptRecent({ drafts }: Pick<Env, 'drafts'>): readonly string[] {
  return drafts.get('emoji.recent')?.split(' ') ?? [];
}

/** Keeps that this emoji was used, as long as anything may be kept. */
export function keepRecent(env: Pick<Env, 'drafts'>, emoji: string): void {
  const others = keptRecent(env).filter((one) => one !== emoji);
  env.drafts.set('emoji.recent', [emoji, ...others].slice(0, most).join(' '));
}

/** The tone of skin that was chosen, 1 to 5; 0 where none was. */
export function keptTone({ drafts }: Pick<Env, 'drafts'>): number {
  return Number(drafts.get('emoji.tone') ?? 0);
}

/** Keeps the tone of skin. */
export function keepTone({ drafts }: Pick<Env, 'drafts'>, tone: number): void {
  drafts.set('emoji.tone', `${tone}`);
}
