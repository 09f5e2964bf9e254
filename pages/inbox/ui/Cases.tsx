import type { JSX } from 'preact';
import { enSearch } from '../../../widget/i18n/en-search.ts';
import { holds, wordsOf } from '../../../widget/ui/folded.ts';
import { later } from '../../../widget/ui/later.tsx';
import { Empty, Loading, Word } from '../../../widget/ui/Words.tsx';
import { casesAt, keyOf } from '../desk/views.ts';
import { CaseRow } from './CaseRow.tsx';
import { DeskNotice } from './DeskNotice.tsx';
import type { Drawn } from './drawn.ts';
import { Tool } from './Glyph.tsx';

const Found = later(() => import('../../../widget/ui/search/Found.tsx'));

/** The middle column: the cases of one place, or what was found. */
export function Cases(drawn: Drawn): JSX.Element {
  const { env, desk, screen } = drawn;
  const { say, deeds } = env;
  const { place, needle } = screen;
  const queue = desk.shown?.queues.find(({ id }) => id === place.queue)?.name;
  return (
    <section class="cases" aria-label={say[place.view]}>
      <header>
        <Tool name="menu" label={say.menu} kind="only-narrow" onClick={() => deeds.over('rail')} />
        <h2 class="cases-title">
          {say[place.view]}
          {queue && <small> · {queue}</small>}
        </h2>
      </header>
      <input
        type="search"
        class="find"
        aria-label={say.searchIn}
        aria-keyshortcuts="/"
        placeholder={say.search}
        maxLength={100}
        value={needle}
        onInput={({ currentTarget }) => deeds.look({ needle: currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || needle === '') return;
          event.stopPropagation();
          deeds.look({ needle: '' });
        }}
      />
      {screen.shown === undefined && <DeskNotice {...drawn} />}
      <div
        class="cases-scroll"
        onScroll={({ currentTarget }) => needle === '' && isAtEnd(currentTarget) && deeds.more()}
      >
        {needle.trim() === '' ? <Listed {...drawn} /> : <Sought {...drawn} />}
      </div>
    </section>
  );
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: Element): boolean {
  return scrollHeight - scrollTop - clientHeight < 200;
}

function Listed(drawn: Drawn): JSX.Element {
  const { env, view, desk, screen } = drawn;
  const { say } = env;
  const cases = casesAt(desk, screen.place);
  const listed = desk.lists[keyOf(screen.place)];
  const isWaiting = screen.place.view === 'waiting';
  return (
    <>
      {cases.length > 0 && (
        <ul aria-label={say[screen.place.view]}>
          {cases.map((one) => (
            <CaseRow key={one.conversation} {...drawn} one={one} />
          ))}
        </ul>
      )}
      {cases.length === 0 && listed?.at === 'read' && (
        <Empty
          title={isWaiting ? say.emptyWaiting : say.emptyOther}
          line={isWaiting ? say.emptyWaitingLine : say.emptyOtherLine}
        />
      )}
      {cases.length === 0 && listed?.at !== 'read' && listed?.at !== 'failed' && (
        <Loading rows words={env.texts.slow} />
      )}
      {listed?.at === 'failed' && view.link.state === 'online' && (
        <p class="quiet-line" role="status">
          {say.notListed} <Word text={env.texts.again} onClick={() => env.deeds.show(screen.place)} />
        </p>
      )}
    </>
  );
}

/** Cases whose names or last words fit, and messages. */
function Sought(drawn: Drawn): JSX.Element {
  const { env, view, desk, screen } = drawn;
  const words = env.words('search', enSearch);
  const wanted = wordsOf(screen.needle);
  const fitting = Object.values(desk.cases)
    .filter(({ visitor, line, topic }) => holds(`${visitor.name} ${topic ?? ''} ${line?.text ?? ''}`, wanted))
    .slice(0, 20);
  return (
    <>
      {fitting.length > 0 && (
        <>
          <h3 class="part">{words.conversations}</h3>
          <ul aria-label={words.conversations}>
            {fitting.map((one) => (
              <CaseRow key={one.conversation} {...drawn} one={one} />
            ))}
          </ul>
        </>
      )}
      <h3 class="part">{env.texts.messages}</h3>
      <Found
        env={env}
        view={view}
        needle={screen.needle}
        onChosen={({ conversation, seq }) => {
          env.deeds.open(conversation);
          env.act('history.reach', { ref: conversation, seq });
        }}
      />
    </>
  );
}
