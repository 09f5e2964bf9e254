import { Component, type JSX } from 'preact';
import type { Screen, View } from '../core/view.ts';
import { Composer } from './Composer.tsx';
import { conversationAt, type Env, titleOf } from './env.ts';
import { Header } from './Header.tsx';
import { MessageList } from './MessageList.tsx';
import { OfflineBar } from './OfflineBar.tsx';
import { ListPlace, NoticePlace, PeoplePlace, VisitorLine } from './parts.tsx';
import { Empty } from './Words.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly side: 'end' | 'start';
  /** Whether the list has been shown, so that there is a way back to it. */
  readonly listKnown: boolean;
  /** Where the way back leads, where there is one. */
  readonly back: Screen | undefined;
  readonly onChosen: () => void;
}

/** All that is drawn while the chat is open: the list, one conversation, or on a wide page both. */
export class Panel extends Component<Props> {
  /** What every glyph below it looks at (legacy context). */
  override getChildContext(): Pick<Env, 'icon'> {
    return this.props.env;
  }

  override render({ env, view, side, listKnown, back, onChosen }: Props): JSX.Element {
    const place = view.screen.at === 'conversation' ? view.screen.ref : undefined;
    const page = env.mode === 'page';
    const onList = view.screen.at === 'list';
    const withList = onList || (page && listKnown);
    const conversation = place === undefined ? undefined : conversationAt(view, place);
    const label = place === undefined ? env.texts.list : titleOf(view, place, conversation, env);
    const closeOnEscape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || page) return;
      event.stopPropagation();
      env.act('panel.close', {});
    };
    return (
      <section
        part="panel"
        class={`panel ${side}${withList && page ? ' split' : ''}`}
        role={page ? 'region' : 'dialog'}
        aria-label={label}
        tabIndex={-1}
        onKeyDown={closeOnEscape}
      >
        {withList && (
          <div class={onList ? 'pane lists' : 'pane lists beside'}>
            <Header env={env} view={view} />
            {onList && <OfflineBar env={env} view={view} />}
            <ListPlace env={env} view={view} shown={conversation?.id} onChosen={onChosen} />
          </div>
        )}
        {!onList && place === undefined ? (
          <PeoplePlace env={env} view={view} back={back ?? { at: 'list' }} />
        ) : place === undefined ? (
          page &&
          view.list.length > 0 && (
            <div class="pane nothing">
              <Empty title={env.texts.choose} />
            </div>
          )
        ) : (
          <div class="pane" key={place}>
            <Header env={env} view={view} place={place} conversation={conversation} back={back} />
            <slot name="header" />
            <OfflineBar env={env} view={view} />
            {view.visitors && conversation && <VisitorLine env={env} view={view} conversation={conversation} />}
            <MessageList env={env} view={view} place={place} conversation={conversation} />
            {!view.durable && <p class="fleeting">{env.texts.fleeting}</p>}
            <slot name="before-composer" />
            <Composer env={env} view={view} place={place} conversation={conversation} />
          </div>
        )}
        <div class="notice-place" role="status">
          {view.notice && <NoticePlace env={env} view={view} back={view.screen} />}
        </div>
      </section>
    );
  }
}
