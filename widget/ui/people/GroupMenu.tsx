import type { JSX } from 'preact';
import type { Actions } from '../../../protocol/actions.ts';
import type { Conversation, View } from '../../core/view.ts';
import type { Env } from '../env.ts';
import { type GroupSheetName, slowModes } from './group-choices.ts';
import { MenuItem } from './PersonRow.tsx';
import { peopleTexts } from './people-texts.ts';
import { may } from './rights.ts';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly group: Conversation;
  readonly onSheet: (name: GroupSheetName) => void;
}

/** What is set for oneself, and under it what is set for all, where one's role allows that. */
export function GroupMenu({ env, view, group, onSheet }: Props): JSX.Element {
  const texts = peopleTexts(env);
  const { id, role, pinned, archived, mutedUntil = 0, slow = 0 } = group;
  const prefer = (body: Omit<Actions['conversation.prefer'], 'conversation'>): void =>
    env.act('wish', { type: 'conversation.prefer', body: { conversation: id, ...body } });
  const set = (body: Omit<Actions['conversation.set'], 'conversation'>): void =>
    env.act('wish', { type: 'conversation.set', body: { conversation: id, ...body } });
  const isMuted = mutedUntil > env.now() + view.clockOffset;
  return (
    <>
      <ul class="menu">
        <MenuItem
          label={texts.silence}
          on={isMuted}
          onClick={() => (isMuted ? prefer({ mutedUntil: 0 }) : onSheet('mute'))}
        />
        <MenuItem
          label={texts.pin}
          line={texts.pinLine}
          on={pinned === true}
          onClick={() => prefer({ pinned: !pinned })}
        />
        <MenuItem
          label={texts.archive}
          line={texts.archiveLine}
          on={archived === true}
          onClick={() => prefer({ archived: !archived })}
        />
      </ul>
      <details class="more fold">
        <summary>{texts.more}</summary>
        <ul class="menu">
          {may(role, 'rename') && <MenuItem label={texts.rename} onClick={() => onSheet('rename')} />}
          {may(role, 'settings') && (
            <>
              <MenuItem label={texts.slow} line={slowWords(env, slow)} onClick={() => onSheet('slow')} />
              <MenuItem
                label={texts.public}
                line={texts.publicLine}
                on={group.public === true}
                onClick={() => set({ public: !group.public })}
              />
              <MenuItem
                label={texts.historyAll}
                line={texts.historyAllLine}
                on={group.history !== 'joined'}
                onClick={() => set({ history: group.history === 'joined' ? 'all' : 'joined' })}
              />
            </>
          )}
          <MenuItem danger label={texts.leave} onClick={() => onSheet('leave')} />
        </ul>
      </details>
    </>
  );
}

function slowWords(env: Env, slow: number): string {
  return slowModes(peopleTexts(env)).find(([ms]) => ms === slow)?.[1] ?? `${slow / 1000} s`;
}
