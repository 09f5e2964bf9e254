import type { JSX } from 'preact';
import type { Env } from '../env.ts';
import { lineOf, type Quoted } from './quoted.ts';

type Props = Pick<Quoted, 'text' | 'deleted' | 'extras'> & { readonly env: Env };

/** A message in one line, as it is quoted. */
export function Line({ env, ...message }: Props): JSX.Element {
  return <>{lineOf(env, message)}</>;
}
