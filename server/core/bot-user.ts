import { digest } from './digest.ts';

/** The user id of the bot of this name: the same in every process, so nobody has to look it up. */
export function botUser(name: string): string {
  const part = (of: string): string => digest(`bot ${of} ${name}`).padStart(10, '0').slice(-10);
  return `u_${part('first')}${part('second')}`;
}
