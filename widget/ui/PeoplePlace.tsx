import { Component, type JSX } from 'preact';
import type { View } from '../core/view.ts';
import type { Env } from './env.ts';
import type { Screens } from './people/Screens.tsx';
import { Loading } from './Words.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
}

interface State {
  readonly Shown?: typeof Screens;
}

/** Where people, groups and one's own profile stand: loaded when one of them is first shown. */
export class PeoplePlace extends Component<Props, State> {
  override state: State = {};

  override componentDidMount(): void {
    import('./people/Screens.tsx').then(
      (people) => {
        this.props.env.adopt(people.css);
        this.setState({ Shown: people.Screens });
      },
      (error: unknown) => console.error('befriend:', error),
    );
  }

  override render({ env, view }: Props, { Shown }: State): JSX.Element {
    return Shown === undefined ? <Loading rows words={env.texts.slow} /> : <Shown env={env} view={view} />;
  }
}
