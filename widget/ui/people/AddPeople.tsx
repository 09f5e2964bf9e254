import { Component, type JSX } from 'preact';
import type { View } from '../../core/view.ts';
import type { Env } from '../env.ts';
import { Sheet } from '../Sheet.tsx';
import { Picks } from './Picks.tsx';
import { peopleTexts } from './people-texts.ts';
import { sorted } from './standing.ts';

interface Props {
  readonly env: Env;
  readonly view: View;
  /** Its id. */
  readonly group: string;
  readonly onDone: () => void;
}

/** Adds some of one's people to a group; who has not granted that is invited. */
export class AddPeople extends Component<Props, { readonly picked: readonly string[] }> {
  override state: { readonly picked: readonly string[] } = { picked: [] };

  override render({ env, view, group, onDone }: Props, { picked }: { picked: readonly string[] }): JSX.Element {
    const texts = peopleTexts(env);
    const inside = new Set(view.members[group]?.list.map(({ person }) => person.id));
    const others = sorted(view, '').yours.flatMap(({ person }) => (inside.has(person.id) ? [] : [person]));
    const add = (): void => {
      onDone();
      env.act('wish', { type: 'member.add', body: { conversation: group, users: [...picked] } });
    };
    return (
      <Sheet label={texts.addPeople} onDone={onDone}>
        <Picks
          env={env}
          view={view}
          label={texts.addPeople}
          none={texts.addNobody}
          people={others}
          picked={picked}
          onPicked={(chosen) => this.setState({ picked: chosen })}
        />
        <div class="acts column">
          <button type="button" class="do strong" disabled={picked.length === 0} onClick={add}>
            {texts.addPeople}
          </button>
          <button type="button" class="do plain" onClick={onDone}>
            {texts.cancel}
          </button>
        </div>
      </Sheet>
    );
  }
}
