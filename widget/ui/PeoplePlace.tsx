import { Component, type JSX } from 'preact';
import type { Screen, View } from '../core/view.ts';
import type { Env } from './env.ts';
import { Loading } from './Words.tsx';

/** What each of the parts is given. */
export interface PartProps {
  readonly env: Env;
  readonly view: View;
  /** Where the way back leads. */
  readonly back: Screen;
}

interface Props extends PartProps {
  readonly draws: 'Screens' | 'Notice';
}

interface State {
  readonly parts?: typeof import('./people/Screens.tsx');
}

/** Where people, groups and one's own profile stand: loaded when something of it is first shown. */
export class PeoplePlace extends Component<Props, State> {
  override state: State = {};

  override componentDidMount(): void {
    import('./people/Screens.tsx').then(
      (parts) => {
        this.props.env.adopt(parts.css);
        this.setState({ parts });
      },
      (error: unknown) => console.error('befriend:', error),
    );
  }

  override render({ draws, ...props }: Props, { parts }: State): JSX.Element | null {
    if (parts === undefined) return draws === 'Notice' ? null : <Loading rows words={props.env.texts.slow} />;
    const { [draws]: Part } = parts;
    return <Part {...props} />;
  }
}
