import type { ComponentChildren, JSX } from 'preact';
import type { Case } from '../../../protocol/desk.ts';
import { withCount } from '../../../widget/i18n/texts.ts';
import { isOf, isTaken } from '../desk/views.ts';
import { colleagueName, type Drawn, filled } from './drawn.ts';
import { Glyph, type GlyphName } from './Glyph.tsx';
import { Notes } from './Notes.tsx';

/** Beside the conversation: who asks, what colleagues say of it, and what can be done. */
export function Side(drawn: Drawn & { readonly one: Case | undefined }): JSX.Element {
  const { env, screen, one } = drawn;
  return (
    <aside class={screen.details ? 'side shown' : 'side'} aria-label={env.say.details}>
      {one && (
        <>
          <Visitor {...drawn} one={one} />
          <Notes key={one.conversation} {...drawn} one={one} />
          <Actions {...drawn} one={one} />
        </>
      )}
    </aside>
  );
}

/** What is known of whoever asks: what the site has signed, and what the page says, told apart. */
function Visitor(drawn: Drawn & { readonly one: Case }): JSX.Element {
  const { env, desk, one } = drawn;
  const { say } = env;
  const { page, attributes, signed, before } =
    desk.opened?.case.conversation === one.conversation ? desk.opened : { before: undefined };
  return (
    <section class="card">
      <h2>{say.visitor}</h2>
      <dl>
        {page && (
          <Entry name={say.page}>
            <Address url={page.url} title={page.title} />
          </Entry>
        )}
        {page?.referrer && (
          <Entry name={say.from}>
            <Address url={page.referrer} title={page.referrer} />
          </Entry>
        )}
        {one.language && <Entry name={say.language}>{languageName(env.locale, one.language)}</Entry>}
        {one.topic && (
          <Entry name={say.topic}>
            <bdi>{one.topic}</bdi>
          </Entry>
        )}
        {one.score !== undefined && <Entry name={say.score}>{filled(say.scoreOf, { n: `${one.score}` })}</Entry>}
        {one.invited && one.invited.length > 0 && (
          <Entry name={say.asked}>{one.invited.map((user) => colleagueName(drawn, user)).join(', ')}</Entry>
        )}
      </dl>
      {before !== undefined && (
        <p class="quiet">{before === 0 ? say.firstTime : withCount(say.before, before, env.locale)}</p>
      )}
      <Attributes title={say.signed} given={signed} />
      <Attributes title={say.unsigned} given={attributes} />
    </section>
  );
}

function Entry({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Attributes(props: {
  readonly title: string;
  readonly given: Readonly<Record<string, string | number | boolean>> | undefined;
}): JSX.Element | null {
  const entries = Object.entries(props.given ?? {});
  if (entries.length === 0) return null;
  return (
    <>
      <h3>{props.title}</h3>
      <dl>
        {entries.map(([name, value]) => (
          <Entry key={name} name={name}>
            <bdi>{`${value}`}</bdi>
          </Entry>
        ))}
      </dl>
    </>
  );
}

/** Only what a browser opens as a page is a link: the address is another's word. */
function Address({ url, title }: { readonly url: string; readonly title: string }): JSX.Element {
  const words = <bdi>{title || url}</bdi>;
  if (!/^https?:\/\//.test(url)) return words;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" title={url}>
      {words}
    </a>
  );
}

function languageName(locale: string, tag: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Everything that can be done with the case now, in words. */
function Actions(drawn: Drawn & { readonly one: Case }): JSX.Element {
  const { env, desk, one } = drawn;
  const { say, deeds } = env;
  const me = desk.shown?.me.user ?? '';
  const isMine = isOf(me, one);
  const isAnothers = isTaken(me, one);
  const isClosed = one.state === 'closed';
  const all: readonly (readonly [GlyphName, string, string | undefined, () => void] | false)[] = [
    isClosed && ['reopen', say.reopen, undefined, () => deeds.reopen()],
    !isMine &&
      !isClosed && [
        'mine',
        isAnothers ? say.takeOver : say.take,
        'T',
        () => (isAnothers ? deeds.over('takeOver') : deeds.take()),
      ],
    !isClosed && ['assign', say.assign, 'A', () => deeds.over('assign')],
    !isClosed && ['assigned', say.invite, undefined, () => deeds.over('invite')],
    !isClosed && ['move', say.move, undefined, () => deeds.over('move')],
    !isClosed && ['snoozed', say.snooze, 'S', () => deeds.over('snooze')],
    !isClosed && ['closed', say.close, 'E', () => deeds.close()],
  ];
  return (
    <section class="card">
      <h2>{say.actions}</h2>
      <ul class="deeds">
        {all
          .filter((deed) => deed !== false)
          .map(([glyph, label, keys, act]) => (
            <li key={label}>
              <button type="button" class="rail-row" aria-keyshortcuts={keys} onClick={act}>
                <Glyph name={glyph} />
                <span>{label}</span>
                {keys && (
                  <span class="key" aria-hidden="true">
                    {keys}
                  </span>
                )}
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}
