import type { JSX, Ref } from 'preact';
import type { Person } from '../../protocol/facts.ts';
import type { Conversation, View } from '../core/view.ts';
import { withName } from '../i18n/texts.ts';
import { Bubble } from './Bubble.tsx';
import { asksForHelp, type Env } from './env.ts';
import type { Row } from './rows.ts';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly place: string;
  readonly conversation: Conversation | undefined;
  readonly rows: readonly Row[];
  /** The height of what is not drawn before the rows and behind them, px. */
  readonly above: number;
  readonly below: number;
  readonly within: Ref<HTMLDivElement>;
}

/** The rows near what is in sight, in the place of the whole log. */
export function Rows({ env, view, place, conversation, rows, above, below, within }: Props): JSX.Element {
  const { texts } = env;
  const named = conversation?.kind === 'group' || asksForHelp(view, place, conversation);
  return (
    <div class="rows-place" style={{ paddingBlock: `${above}px ${below}px` }} ref={within}>
      {rows.map((row) => {
        if (row.kind === 'message') {
          const person = view.people[row.by ?? ''];
          const role = roleOf(env, person, conversation);
          return <Bubble key={row.id} {...row} env={env} name={person?.name ?? ''} role={role} named={named} />;
        }
        const words =
          row.kind === 'day'
            ? env.times.day(row.at, env.now() + view.clockOffset)
            : row.kind === 'fresh'
              ? texts.fresh
              : withName(texts.joined, row.person.name);
        return (
          <p key={row.id} class={`mark ${row.kind}`}>
            {words}
          </p>
        );
      })}
    </div>
  );
}

function roleOf({ texts }: Env, person: Person | undefined, conversation: Conversation | undefined): string {
  if (person?.kind === 'bot') return texts.bot;
  if (conversation?.kind !== 'group' || !person) return '';
  if (person.kind === 'colleague') return texts.team;
  return person.verified ? '' : texts.unverified;
}
