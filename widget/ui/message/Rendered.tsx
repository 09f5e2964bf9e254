import { Component, type ComponentChildren, type JSX } from 'preact';
import type { RichProps } from '../part-props.ts';
import type { Renderer } from '../renderer.ts';

type Props = RichProps & {
  /** Which renderer draws it. */
  readonly type: string;
  readonly data?: unknown;
  /** What is shown where it draws nothing. */
  readonly children?: ComponentChildren;
};

interface State {
  readonly drawn?: ReturnType<Renderer>;
}

/** Those that failed: each is told once. */
const told = new WeakSet<Renderer>();

/**
 * What the page draws. Its nodes become children of the host, so that they are styled by the page's own sheets, and are
 * shown here through a slot.
 */
export class Rendered extends Component<Props, State> {
  override state: State = {};
  private readonly place = document.createElement('div');
  private slot: HTMLSlotElement | null = null;
  private over = new AbortController();
  private of: string | undefined;
  private by: Renderer | undefined;
  /** What stands in the place. */
  private put: Node | undefined;

  override componentDidMount(): void {
    this.draw();
  }

  override componentDidUpdate(): void {
    this.draw();
    const { drawn } = this.state;
    if (!this.slot || typeof drawn !== 'object' || this.put === drawn) return;
    this.put = drawn;
    this.place.replaceChildren(drawn);
    this.place.slot = this.slot.name;
    (this.slot.getRootNode() as ShadowRoot).host.append(this.place);
  }

  override componentWillUnmount(): void {
    this.over.abort();
    this.place.remove();
  }

  override render({ type, seq, children }: Props, { drawn }: State): JSX.Element {
    if (typeof drawn !== 'object') return <>{drawn ?? children}</>;
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: it hears of the page's own fields, and does nothing itself
      <slot
        name={`${/[.]/.test(type) ? 'message' : type}-${seq}`}
        ref={(slot) => {
          this.slot = slot;
        }}
        // In the page's own fields arrows are the page's: the log would go to another message.
        onKeyDown={(event) => {
          if ((event.target as Element).matches('input, textarea, select, [contenteditable]')) event.stopPropagation();
        }}
      />
    );
  }

  private draw(): void {
    const { env, type, data, seq, place, text, by, own, at, edited } = this.props;
    const message = { seq, conversation: place, text, by, own, at, edited, locale: env.locale };
    const of = JSON.stringify([data, message]);
    const renderer = env.renderers?.get(type);
    if ((this.of === of && this.by === renderer) || !renderer) return;
    this.of = of;
    this.by = renderer;
    this.over.abort();
    this.over = new AbortController();
    this.put = undefined;
    this.place.remove();
    this.setState({ drawn: drawnBy(renderer, type, structuredClone(data), { ...message, signal: this.over.signal }) });
  }
}

/** Foreign code: whatever comes of it, the words are there. */
function drawnBy(renderer: Renderer, type: string, ...given: Parameters<Renderer>): ReturnType<Renderer> {
  try {
    const drawn = renderer(...given);
    if (drawn === undefined || typeof drawn === 'string' || Object(drawn).nodeType) return drawn;
    throw new TypeError(`What draws ${type} gave neither a node, nor a text, nor nothing.`);
  } catch (error) {
    if (!told.has(renderer)) console.error('befriend:', error);
    told.add(renderer);
    return undefined;
  }
}
