import type { JSX } from 'preact';
import type { Actions } from '../../../protocol/actions.ts';
import type { Related } from '../../../protocol/facts.ts';
import type { Env } from '../env.ts';
import { MenuItem } from './PersonRow.tsx';
import type { SheetName } from './PersonSheet.tsx';
import { peopleTexts } from './people-texts.ts';
import { isNear, standing } from './standing.ts';

interface Props {
  readonly env: Env;
  readonly user: string;
  readonly related: Related | undefined;
  readonly onSheet: (name: SheetName) => void;
}

/** What can be altered between the two: closeness in sight, the rest under “More”. */
export function PersonMenu({ env, user, related, onSheet }: Props): JSX.Element {
  const texts = peopleTexts(env);
  const mine = standing(related, 'closeness', true)?.kind;
  const limit = standing(related, 'limit', true)?.kind;
  const isMuted = standing(related, 'notice', true) !== undefined;
  const set = (kind: string): void => env.act('wish', { type: 'relation.set', body: { user, kind } });
  const end = (slot: Actions['relation.end']['slot']): void =>
    env.act('wish', { type: 'relation.end', body: { user, slot } });
  const inTouch = mine === 'contact' || mine === 'close';
  const isAsking = standing(related, 'ask', true) ?? standing(related, 'ask', false);
  const follows = standing(related, 'closeness', false)?.kind === 'follower';
  return (
    <>
      {(inTouch || follows || (mine === 'acquaintance' && !isAsking)) && (
        <ul class="menu">
          {inTouch && (
            <MenuItem
              label={texts.close}
              line={texts.closeLine}
              on={mine === 'close'}
              onClick={() => set(mine === 'close' ? 'contact' : 'close')}
            />
          )}
          {inTouch && <MenuItem label={texts.lessen} line={texts.lessenLine} onClick={() => onSheet('lessen')} />}
          {mine === 'acquaintance' && !isAsking && (
            <MenuItem label={texts.ask.contact} line={texts.askLine.contact} onClick={() => onSheet('ask')} />
          )}
          {follows && !isNear(related) && <MenuItem label={texts.unfollow} onClick={() => end('closeness')} />}
        </ul>
      )}
      <details class="more fold">
        <summary>{texts.more}</summary>
        <ul class="menu">
          <MenuItem
            label={texts.mute}
            line={texts.muteLine}
            on={isMuted}
            onClick={() => (isMuted ? end('notice') : onSheet('mute'))}
          />
          {limit !== 'blocked' && (
            <MenuItem
              label={texts.distance}
              line={texts.distanceLine}
              on={limit === 'distant'}
              onClick={() => (limit === 'distant' ? end('limit') : set('distant'))}
            />
          )}
          {isNear(related) && <MenuItem danger label={texts.end} onClick={() => onSheet('end')} />}
          {limit !== 'blocked' && <MenuItem danger label={texts.block} onClick={() => onSheet('block')} />}
          <MenuItem danger label={texts.report} line={texts.reportLine} onClick={() => onSheet('report')} />
        </ul>
      </details>
    </>
  );
}
