import type { JSX } from 'preact';
import type { Case } from '../../../protocol/desk.ts';
import { isTaken } from '../desk/views.ts';
import { colleagueName, type Drawn, filled } from './drawn.ts';

/**
 * What stands in the place of the composer while a case is nobody's, or another's: one answers only what one has. Words
 * that were begun stay, and are shown.
 */
export function Gate(drawn: Drawn & { readonly one: Case | undefined }): JSX.Element {
  const { env, view, desk, screen, one } = drawn;
  const { say, deeds } = env;
  const draft = env.drafts.get(screen.shown ?? '')?.trim() ?? '';
  if (one === undefined) return <div class="gate" aria-busy="true" />;
  const name = colleagueName(drawn, one.assignee ?? '');
  const until = one.until === undefined ? '' : env.brief(one.until, env.now() + view.clockOffset);
  const lines = {
    waiting: say.takeLine,
    assigned: filled(say.takenLine, { name }),
    bot: say.botLine,
    away: say.awayLine,
    snoozed: filled(say.snoozedLine, { time: until }),
    closed: say.closedLine,
  };
  const isAnothers = isTaken(desk.shown?.me.user ?? '', one);
  return (
    <section class="gate" aria-label={lines[one.state]}>
      <p>{lines[one.state]}</p>
      {draft !== '' && (
        <p class="kept">
          <small>{say.yourWords}</small> <span dir="auto">{draft}</span>
        </p>
      )}
      {one.state === 'closed' ? (
        <button type="button" class="do" onClick={() => deeds.reopen()}>
          {say.reopen}
        </button>
      ) : (
        <button
          type="button"
          class={isAnothers ? 'do plain' : 'do'}
          aria-keyshortcuts="T"
          onClick={() => (isAnothers ? deeds.over('takeOver') : deeds.take())}
        >
          {isAnothers ? say.takeOver : say.take}
          <span class="key" aria-hidden="true">
            T
          </span>
        </button>
      )}
    </section>
  );
}
