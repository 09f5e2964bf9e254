import { Component, type JSX } from 'preact';
import { extrasOf, reactionsIn } from '../../core/extras.ts';
import menu from '../../theme/message-menu.css?inline';
import sheet from '../../theme/sheet.css?inline';
import { later } from '../later.tsx';
import type { MenuProps } from '../part-props.ts';
import type { MessageRow } from '../rows.ts';
import { Sheet } from '../Sheet.tsx';
import { AskSheet } from './AskSheet.tsx';
import { type Deed, deedsFor, mayReact } from './choices.ts';
import { copied } from './copied.ts';
import { Glyph } from './Glyph.tsx';
import { MenuList } from './MenuList.tsx';
import { type MessageTexts, messageTexts } from './message-texts.ts';
import { barSpot, isInSight, menuSpot } from './placing.ts';
import { type How, heardOn } from './pointing.ts';
import { speakerOf } from './quoted.ts';

/** Its own part of the style sheet. */
export const css = sheet + menu;

const EmojiPicker = later(() => import('../composer/EmojiPicker.tsx').then(({ EmojiPicker: Part }) => ({ Part })));

/** How long it stays in sight what did not work, milliseconds. */
const spoken = 6_000;

/** What is open for one row, by its id. `quick`: the emoji alone. */
interface Opened {
  readonly id: string;
  readonly as: 'quick' | 'menu' | 'emoji' | 'delete' | 'report';
  readonly how: How;
}

interface State {
  /** The row that is pointed at. */
  readonly over?: string | undefined;
  readonly opened?: Opened | undefined;
  /** Why nothing came of what was chosen last. */
  readonly said?: string | undefined;
}

/**
 * What can be done with the message that is pointed at: a small bar beside it, and a menu that a click on the bar, the
 * right button, Enter or a long touch opens. Neither moves the log; both follow their row while it is scrolled.
 */
export class Part extends Component<MenuProps, State> {
  override state: State = {};
  private place: HTMLElement | null = null;
  private stop: (() => void) | undefined;
  private saying: ReturnType<typeof setTimeout> | undefined;
  private readonly sizes = new ResizeObserver(() => this.stand());

  override componentDidMount(): void {
    const { log } = this.props;
    this.stop = heardOn(log, {
      pointed: (row) => this.setState({ over: this.idOf(row) }),
      left: (to) => {
        if (!this.place?.contains(to as Node | null)) this.setState({ over: this.idOf(this.focused()) });
      },
      wanted: (row, how) => this.open('menu', this.idOf(row), how),
      scrolled: () => this.stand(),
      pressed: (path) => {
        const { opened } = this.state;
        const isBeside = this.place && !path.includes(this.place);
        if (opened && isBeside && /quick|menu/.test(opened.as)) this.setState({ opened: undefined });
      },
    });
    this.sizes.observe(log);
    // What loaded this was pointed at, or pressed, before there was anybody to hear it.
    const focused = this.focused();
    const row = focused ?? log.querySelector('.row:hover');
    if (focused || matchMedia('(hover: hover)').matches) this.setState({ over: this.idOf(row) });
    if (focused && log.dataset.key === 'Enter') this.open('menu', this.idOf(focused), 'key');
  }

  override componentDidUpdate(): void {
    this.stand();
  }

  override componentWillUnmount(): void {
    this.stop?.();
    clearTimeout(this.saying);
    this.sizes.disconnect();
  }

  override render(props: MenuProps, state: State): JSX.Element {
    return (
      <>
        {this.drawn(props, state)}
        <p class={state.said ? 'menu-said' : 'sr'} role="status">
          {state.said}
        </p>
      </>
    );
  }

  private drawn(props: MenuProps, { over, opened }: State): JSX.Element | null {
    const texts = messageTexts(props.env);
    const row = this.rowAt(opened?.id ?? over);
    if (!row || row.deleted) return null;
    if (!opened) return this.bar(row, texts);
    const { as, how } = opened;
    if (as === 'delete' || as === 'report') {
      return <AskSheet texts={texts} about={as} onYes={(reason) => this.sure(row, as, reason)} onDone={this.close} />;
    }
    if (as === 'emoji') {
      return (
        <Sheet kind="message-sheet" first="textarea, [data-first], button" label={texts.moreEmoji} onDone={this.close}>
          <EmojiPicker env={props.env} onChosen={(emoji) => this.react(row, emoji)} onDone={this.close} />
        </Sheet>
      );
    }
    if (how === 'touch') {
      return (
        <Sheet kind="message-sheet" first="textarea, [data-first], button" label={texts.options} onDone={this.close}>
          {this.list(row, texts, as)}
        </Sheet>
      );
    }
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: it hears what its items leave unheard
      <div class="message-menu" ref={this.keep} onKeyDown={this.escaped}>
        {this.list(row, texts, as)}
      </div>
    );
  }

  private bar(row: MessageRow, texts: MessageTexts): JSX.Element | null {
    const about = { ...this.props, row };
    const deeds = deedsFor(about);
    const buttons = [
      ...(mayReact(about) ? (['react'] as const) : []),
      ...(deeds.includes('reply') ? (['reply'] as const) : []),
      ...(deeds.length > 0 ? (['more'] as const) : []),
    ];
    return (
      <div class="message-bar" role="toolbar" aria-label={texts.options} ref={this.keep} onPointerLeave={this.leftBar}>
        {buttons.map((button) => (
          <button
            key={button}
            type="button"
            tabIndex={-1}
            aria-label={texts[button]}
            title={texts[button]}
            aria-haspopup={button === 'reply' ? undefined : 'menu'}
            onClick={() =>
              button === 'reply'
                ? this.done(row, 'reply')
                : this.open(button === 'react' ? 'quick' : 'menu', row.id, 'key')
            }
          >
            <Glyph name={button} />
          </button>
        ))}
      </div>
    );
  }

  private list(row: MessageRow, texts: MessageTexts, as: Opened['as']): JSX.Element {
    const { env, view } = this.props;
    const about = { ...this.props, row };
    return (
      <MenuList
        key={as}
        texts={texts}
        deeds={as === 'quick' ? [] : deedsFor(about)}
        set={mayReact(about) ? new Set(this.ownEmoji(row)) : undefined}
        name={speakerOf(env, view, row.by ?? '')}
        onDeed={(deed) => this.done(row, deed)}
        onEmoji={(emoji) => this.react(row, emoji)}
        onMore={() => this.open('emoji', row.id, 'key')}
        onDone={this.close}
      />
    );
  }

  private readonly keep = (place: HTMLElement | null): void => {
    this.place = place;
  };

  private readonly leftBar = ({ relatedTarget }: PointerEvent): void => {
    if (!this.props.log.contains(relatedTarget as Node | null)) this.setState({ over: this.idOf(this.focused()) });
  };

  private readonly escaped = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.close();
  };

  private readonly close = (): void => {
    const id = this.state.opened?.id;
    this.setState({ opened: undefined, over: undefined });
    this.elementAt(id)?.focus({ preventScroll: true });
  };

  private open(as: Opened['as'], id: string | undefined, how: How): void {
    const row = this.rowAt(id);
    if (id === undefined || !row || row.deleted) return;
    this.setState({ opened: { id, as, how } });
  }

  private done(row: MessageRow, deed: Deed): void {
    const { env, view, place, log } = this.props;
    const { id, seq, text, by } = row;
    if (deed === 'report' || (deed === 'delete' && seq > 0)) return this.open(deed, id, 'key');
    this.close();
    if (deed === 'reply') env.act('compose', { ref: place, reply: seq });
    else if (deed === 'edit') env.act('compose', { ref: place, edit: seq, text });
    else if (deed === 'retry') env.act('message.retry', { id });
    else if (deed === 'delete') env.act('message.discard', { id });
    else if (deed === 'person') env.act('screen.show', { at: 'person', user: by ?? view.me?.id ?? '' });
    else void copied(text, log).then((isThere) => this.say(isThere ? undefined : messageTexts(env).notCopied));
  }

  private say(said: string | undefined): void {
    clearTimeout(this.saying);
    this.setState({ said });
    this.saying = setTimeout(() => this.setState({ said: undefined }), spoken);
  }

  private sure({ seq, by }: MessageRow, about: 'delete' | 'report', reason: string): void {
    const { env, view, place } = this.props;
    const conversation = view.refs[place] ?? place;
    if (about === 'delete') env.act('wish', { type: 'message.delete', body: { conversation, seq } });
    else if (by !== undefined) env.act('wish', { type: 'user.report', body: { user: by, conversation, seq, reason } });
  }

  private react(row: MessageRow, emoji: string): void {
    const { env, view, place } = this.props;
    const on = !this.ownEmoji(row).includes(emoji);
    this.close();
    const body = { conversation: view.refs[place] ?? place, seq: row.seq, emoji, on };
    env.act('wish', { type: 'message.react', body });
  }

  private ownEmoji(row: MessageRow): string[] {
    const me = this.props.view.me?.id ?? '';
    return [...reactionsIn(extrasOf(row))].flatMap(([emoji, users]) => (users.includes(me) ? emoji : []));
  }

  /** Puts what is shown where its row is now; it goes when that is out of sight. */
  private stand(): void {
    const { place, props, state } = this;
    if (!place) return;
    const id = state.opened?.id ?? state.over;
    const bubble = this.elementAt(id)?.querySelector('.bubble')?.getBoundingClientRect();
    const log = props.log.getBoundingClientRect();
    if (!bubble || !isInSight(bubble, log)) {
      // Gone with what is shown, the focus would be the page's, and Escape would close nothing.
      if (place.contains((place.getRootNode() as ShadowRoot).activeElement)) props.log.focus({ preventScroll: true });
      return this.setState({ over: undefined, opened: undefined });
    }
    const size = { width: place.offsetWidth, height: place.offsetHeight };
    const isAfter = (this.rowAt(id)?.own === true) === props.log.matches(':dir(rtl)');
    const how = state.opened?.how;
    const point = typeof how === 'object' ? { left: how.x, top: how.y } : undefined;
    const spot = state.opened ? menuSpot(bubble, log, size, isAfter, point) : barSpot(bubble, log, size, isAfter);
    place.style.left = `${spot.left - log.left}px`;
    place.style.top = `${spot.top - log.top}px`;
  }

  /** The row that has the focus by a key: it stays pointed at while a mouse that rests is left by what moves under it. */
  private focused(): Element | null {
    return this.props.log.querySelector('.row:focus-visible');
  }

  private idOf(element: Element | null): string | undefined {
    return element ? this.props.rows[[...this.elements].indexOf(element)]?.id : undefined;
  }

  private rowAt(id: string | undefined): MessageRow | undefined {
    const row = id === undefined ? undefined : this.props.rows.find((one) => one.id === id);
    return row?.kind === 'message' ? row : undefined;
  }

  private elementAt(id: string | undefined): HTMLElement | undefined {
    return this.elements[this.props.rows.findIndex((one) => one.id === id)] as HTMLElement | undefined;
  }

  private get elements(): HTMLCollection {
    return (this.props.log.firstElementChild ?? this.props.log).children;
  }
}
