import { Component, type JSX } from 'preact';
import type { PartProps } from '../env.ts';
import { most } from './most.ts';
import { MenuItem } from './PersonRow.tsx';
import { Picks } from './Picks.tsx';
import { peopleTexts } from './people-texts.ts';
import { sorted } from './standing.ts';
import { Top } from './Top.tsx';

interface State {
  readonly name: string;
  readonly people: readonly string[];
  readonly isPublic: boolean;
  readonly history: boolean;
  /** It is on its way: the friend has not answered yet. */
  readonly making: boolean;
}

/** Begins a group: its name, who is in it, who may come and what they may read. */
export class NewGroupScreen extends Component<PartProps, State> {
  override state: State = { name: '', people: [], isPublic: false, history: true, making: false };

  override componentDidUpdate({ view: { notice } }: PartProps): void {
    if (this.props.view.notice && this.props.view.notice !== notice) this.setState({ making: false });
  }

  override render({ env, view, back }: PartProps, { name, people, isPublic, history, making }: State): JSX.Element {
    const texts = peopleTexts(env);
    const { yours } = sorted(view, '');
    return (
      <div class="pane people">
        <Top env={env} title={texts.newGroup} back={back} />
        <form class="scroll form" onSubmit={this.create}>
          <label>
            {texts.groupName}
            <input
              class="field"
              dir="auto"
              maxLength={most.name}
              value={name}
              onInput={({ currentTarget }) => this.setState({ name: currentTarget.value })}
            />
          </label>
          <ul class="menu">
            <MenuItem
              label={texts.public}
              line={isPublic ? texts.publicLine : texts.private}
              on={isPublic}
              onClick={() => this.setState({ isPublic: !isPublic })}
            />
            <MenuItem
              label={texts.historyAll}
              line={texts.historyAllLine}
              on={history}
              onClick={() => this.setState({ history: !history })}
            />
          </ul>
          <Picks
            env={env}
            view={view}
            label={texts.with}
            none={texts.noneToAdd}
            people={yours.map(({ person }) => person)}
            picked={people}
            onPicked={(picked) => this.setState({ people: picked })}
          />
          <button type="submit" class="do strong wide" disabled={name.trim() === ''} aria-disabled={making}>
            {texts.create}
          </button>
        </form>
      </div>
    );
  }

  private readonly create = (event: Event): void => {
    event.preventDefault();
    const { name, people, isPublic, history, making } = this.state;
    if (making || name.trim() === '') return;
    this.setState({ making: true });
    this.props.env.act('wish', {
      type: 'conversation.create',
      body: {
        name: name.trim(),
        public: isPublic,
        history: history ? 'all' : 'joined',
        ...(people.length > 0 ? { people: [...people] } : {}),
      },
    });
  };
}
