import { Component, type JSX } from 'preact';
import type { PartProps } from './env.ts';
import { Loading } from './Words.tsx';

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
