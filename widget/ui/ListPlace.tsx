import { Component, type JSX } from 'preact';
import type { ConversationList, Props } from './ConversationList.tsx';
import { Loading } from './Words.tsx';

interface State {
  readonly List?: typeof ConversationList;
}

/** Where the list stands: loaded when it is first shown, because most people who chat never see one. */
export class ListPlace extends Component<Props, State> {
  override state: State = {};

  override componentDidMount(): void {
    import('./ConversationList.tsx').then(
      (list) => {
        this.props.env.adopt(list.css);
        this.setState({ List: list.ConversationList });
      },
      (error: unknown) => console.error('befriend:', error),
    );
  }

  override render(props: Props, { List }: State): JSX.Element {
    return List === undefined ? <Loading rows words={props.env.texts.slow} /> : <List {...props} />;
  }
}
