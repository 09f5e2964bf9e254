import type { JSX } from 'preact';
import type { Case } from '../../../protocol/desk.ts';
import { withCount } from '../../../widget/i18n/texts.ts';
import { Avatar } from '../../../widget/ui/Avatar.tsx';
import { colleagueName, type Drawn, filled } from './drawn.ts';
import { spansIn } from './spans.ts';

/** One case in the list: who asks, what was said last, where it stands, and how long that is so. */
export function CaseRow(drawn: Drawn & { readonly one: Case }): JSX.Element {
  const { env, view, desk, screen, one } = drawn;
  const { say, deeds } = env;
  const held = view.conversations[one.conversation];
  const unread = held?.unread ?? one.unread ?? 0;
  const now = env.now() + view.clockOffset;
  const at = Math.max(one.line?.at ?? 0, held?.at ?? 0) || one.since;
  const show = view.presence[one.visitor.user]?.show;
  const queues = desk.shown?.queues ?? [];
  const queue = queues.length > 1 ? queues.find(({ id }) => id === one.queue)?.name : undefined;
  const isMine = one.assignee === view.me?.id;
  const who = one.assignee && !isMine && one.state === 'assigned' ? colleagueName(drawn, one.assignee) : undefined;
  return (
    <li>
      <button
        type="button"
        class={unread > 0 ? 'case unread' : 'case'}
        data-case={one.conversation}
        aria-current={screen.shown === one.conversation ? 'true' : undefined}
        onClick={() => deeds.open(one.conversation)}
      >
        <Avatar id={one.visitor.user} name={one.visitor.name} src={env.picture(one.visitor.avatar)} show={show} />
        <span class="top">
          <b>
            <bdi>{one.visitor.name}</bdi>
          </b>
          <time>{env.brief(at, now)}</time>
        </span>
        <span class="under">
          <span dir="auto">{lineOf(drawn, one)}</span>
          {unread > 0 && (
            <span class="count">
              {unread > 98 ? '99+' : unread.toLocaleString(env.locale)}
              <span class="sr"> {withCount(env.texts.unread, unread, env.locale)}</span>
            </span>
          )}
        </span>
        <span class="facts">
          {desk.named?.[one.conversation] && <span class="case-chip names-you">{say.namesYou}</span>}
          <Standing env={env} one={one} now={now} />
          {queue && <span class="case-chip">{queue}</span>}
          {one.topic && (
            <span class="case-chip">
              <bdi>{one.topic}</bdi>
            </span>
          )}
          {who && (
            <span class="case-chip">
              <bdi>{who}</bdi>
            </span>
          )}
          {one.score !== undefined && <span class="case-chip">{filled(say.scoreOf, { n: `${one.score}` })}</span>}
        </span>
      </button>
    </li>
  );
}

/** How long somebody waits, or when it comes back. */
function Standing({ env, one, now }: Pick<Drawn, 'env'> & { readonly one: Case; readonly now: number }) {
  const { say } = env;
  if (one.state === 'waiting') {
    const words = filled(say.waits, { time: spansIn(env.locale)(now - one.since) });
    return <span class="case-chip waits">{words}</span>;
  }
  if (one.state === 'snoozed' && one.until !== undefined) {
    return <span class="case-chip">{filled(say.until, { time: env.brief(one.until, now) })}</span>;
  }
  return null;
}

function lineOf({ env, view, desk }: Drawn, one: Case): string {
  const typing = view.conversations[one.conversation]?.typing ?? [];
  if (typing.includes(one.visitor.user)) return filled(env.say.visitorWrites, { name: one.visitor.name });
  const { by, text = '' } = one.line ?? {};
  const plain = text.replace(/\s+/g, ' ').slice(0, 200);
  if (by === undefined || by === one.visitor.user) return plain;
  const name = colleagueName({ env, view, desk }, by);
  return name === '' ? plain : `${name}: ${plain}`;
}
