import type { ComponentProps, JSX } from 'preact';
import { nameOf } from './env.ts';
import type { ListProps } from './part-props.ts';
import { Line } from './parts.tsx';
import type { Entry } from './rows.ts';

/**
 * What a screen reader is told of an entry: what others have said behind the seq `last`, where the list began, and what
 * could not be sent.
 */
export function newsOf({ env, view }: ListProps, entry: Entry, last = Number.POSITIVE_INFINITY): JSX.Element | false {
  const told = (key: string | number, by: string, said: ComponentProps<typeof Line>): JSX.Element => (
    <p key={key}>
      {by} {said.text || <Line {...said} />}
    </p>
  );
  if ('state' in entry) return entry.state === 'failed' && told(entry.id, env.texts.failed, { env, ...entry });
  const { kind, by, seq } = entry;
  const isNew = kind === 'message' && by !== view.me?.id && seq > last;
  return isNew && told(seq, `${nameOf(env, view, by)}:`, { env, ...entry });
}
