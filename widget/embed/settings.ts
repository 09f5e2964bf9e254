/** What one tag says; every value is text from a `data-` attribute. */
export interface Settings {
  /** The XMPP server's WebSocket, `wss://…/xmpp-websocket`. */
  readonly service: string;
  /** The friend's address, `friend.example.com`, or the full JID of its account, `friend@example.com/server`. */
  readonly friend: string;
  /** The host where visitors sign in; `visitors.` and what follows the friend's first label or its `@`, where absent. */
  readonly domain: string;
  /** `support`, `room:NAME`, `user:u_…`, an id, or `inbox`. */
  readonly conversation: string;
  /** Keeps several identities in one browser apart. */
  readonly scope: string;
  readonly name: string | undefined;
  readonly title: string | undefined;
  readonly locale: string;
  /** bubble: above the launcher · inline: in its element, with a height of its own · page: fills its element */
  readonly mode: 'bubble' | 'inline' | 'page';
  readonly side: 'start' | 'end';
  /** A selector of the element that the widget is put into. */
  readonly target: string | undefined;
  /** There, whatever it says: it is open from the beginning. */
  readonly open: string | undefined;
  /** What may be kept: `functional`, on this device · `session`, until the tab is closed · all else nothing. */
  readonly consent: string;
  /** A selector of the page's own elements that open it, or `none`; absent, it draws a launcher. */
  readonly launcher: string | undefined;
  /** Paths where the launcher is not shown, with commas between; `*` stands for anything. */
  readonly hide: string;
  /** `off`: nobody is told where in the site the person is. */
  readonly page: string | undefined;
  /** How it looks, in words: a scheme, a brand, looks, and the address of a file; see docs/theming.md. */
  readonly theme: string | undefined;
  readonly label: string;
  /** The areas that are on, with spaces between: `people groups presence profile files reactions search`, or `none`. */
  readonly features: string;
  /** What calls the person when a message comes, with spaces between: `sound title notice badge`, or `none`. */
  readonly attention: string;
  /**
   * Where the widget's script is on the friend: pictures and files are beside that folder. By default where the tag's script
   * came from. Empty, as from a module that names none: the friend's pictures are not shown, and nothing can be attached.
   */
  readonly files: string;
  /** Attributes that are not understood, or not as they stand. */
  readonly odd: readonly string[];
}

/** Reads the attributes of a tag whose script came from `files`. */
export function readSettings(data: DOMStringMap, language: string, files = ''): Settings {
  const { service = '', friend = '', conversation } = data;
  const settings = {
    service,
    friend,
    domain: data.domain ?? friend.replace(/^([^@/]*@|[^.]*\.)([^/]*).*/, 'visitors.$2'),
    conversation: conversation ?? 'support',
    scope: data.scope ?? '',
    name: data.name || undefined,
    title: data.title || undefined,
    locale: data.locale ?? language,
    mode: data.mode === 'page' || data.mode === 'inline' ? data.mode : 'bubble',
    side: data.side === 'start' ? data.side : 'end',
    target: data.target,
    open: data.open,
    consent: data.consent ?? 'functional',
    launcher: data.launcher,
    hide: data.hide ?? '',
    page: data.page,
    theme: data.theme,
    label: data.label ?? 'Chat',
    features:
      data.features ??
      `files reactions search${conversation && conversation !== 'support' ? ' people groups presence profile' : ''}`,
    attention: data.attention ?? 'sound title notice',
    files: data.files ?? files,
  } as const satisfies Omit<Settings, 'odd'>;
  const read: Readonly<Record<string, string | undefined>> = settings;
  return { ...settings, odd: Object.keys(data).filter((name) => data[name] !== read[name]) };
}
