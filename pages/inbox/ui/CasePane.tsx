import type { JSX } from 'preact';
import { Composer } from '../../../widget/ui/Composer.tsx';
import { MessageList } from '../../../widget/ui/MessageList.tsx';
import { OfflineBar } from '../../../widget/ui/OfflineBar.tsx';
import { NoticePlace } from '../../../widget/ui/parts.tsx';
import { Empty } from '../../../widget/ui/Words.tsx';
import { isOf } from '../desk/views.ts';
import { CaseHeader } from './CaseHeader.tsx';
import { DeskNotice } from './DeskNotice.tsx';
import { colleagueName, type Drawn, filled, shownCase } from './drawn.ts';
import { Gate } from './Gate.tsx';
import { Glyph } from './Glyph.tsx';
import { Side } from './Side.tsx';

/** The conversation of the case that is shown: its log, and where one writes to whom it is. */
export function CasePane(drawn: Drawn): JSX.Element {
  const { env, view, desk, screen } = drawn;
  const { say } = env;
  const one = shownCase(drawn);
  const { shown } = screen;
  if (shown === undefined) {
    return (
      <section class="panel conversation vacant" aria-label={say.choose}>
        <Empty title={say.choose} line={screen.keys ? say.chooseLine : ''} />
      </section>
    );
  }
  const conversation = view.conversations[shown];
  const mayWrite = one !== undefined && isOf(desk.shown?.me.user ?? '', one);
  return (
    <section class="panel conversation" aria-label={one?.visitor.name ?? say.choose} tabIndex={-1} key={shown}>
      <div class="pane">
        <CaseHeader {...drawn} one={one} />
        <OfflineBar env={env} view={view} />
        <MessageList env={env} view={view} place={shown} conversation={conversation} />
        <Others {...drawn} />
        <DeskNotice {...drawn} />
        {mayWrite ? (
          <div class="writes">
            <Composer env={env} view={view} place={shown} conversation={conversation} />
            <button
              type="button"
              class="canned-tool"
              aria-keyshortcuts="C"
              title={`${say.canned} (C)`}
              onClick={() => env.deeds.over('canned')}
            >
              <Glyph name="canned" />
              <span>{say.canned}</span>
            </button>
          </div>
        ) : (
          <Gate {...drawn} one={one} />
        )}
        <div class="notice-place" role="status">
          {view.notice && <NoticePlace env={env} view={view} back={view.screen} />}
        </div>
      </div>
      {screen.details && (
        <button type="button" class="shade" aria-label={say.done} onClick={() => env.deeds.look({ details: false })} />
      )}
      <Side {...drawn} one={one} />
    </section>
  );
}

/** Who else is writing in this case: so that nobody answers twice. */
function Others(drawn: Drawn): JSX.Element {
  const { view, screen, desk, env } = drawn;
  const typing = view.conversations[screen.shown ?? '']?.typing ?? [];
  const me = desk.shown?.me.user;
  const other = typing.find((user) => user !== me && desk.shown?.colleagues.some((one) => one.user === user));
  return (
    <p class="others" role="status">
      {other && filled(env.say.writing, { name: colleagueName(drawn, other) })}
    </p>
  );
}
