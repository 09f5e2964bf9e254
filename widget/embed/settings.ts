import type { OwnTexts } from '../i18n/language.ts';

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
  readonly mode: 'bubble' | 'page';
  readonly side: 'start' | 'end';
  /** A selector of the element that the widget is put into. */
  readonly target: string | undefined;
  readonly open: boolean;
  /** `none`: nothing is kept on this device. */
  readonly consent: string;
  readonly label: string;
  /** The areas that are on, with spaces between: `people groups presence profile files reactions search`, or `none`. */
  readonly features: string;
  /** Where people's own pictures are: an address whose path they are relative to. Empty: they are not shown. */
  readonly files: string;
  /** Words of the page's own; a tag has them in a `<script type="application/json" data-befriend-texts>` of the page. */
  readonly texts?: OwnTexts;
}

/** Reads the attributes of a tag whose script came from `files`. @throws Error that names what is missing and how to add it. */
export function readSettings(data: DOMStringMap, language: string, files = ''): Settings {
  const { service, friend, conversation } = data;
  if (!service || !friend) {
    throw new Error(
      'befriend: the tag needs data-service="wss://…/xmpp-websocket" and data-friend="friend.example.com"',
    );
  }
  return {
    service,
    friend,
    domain: data.domain ?? friend.replace(/^([^@/]*@|[^.]*\.)([^/]*).*/, 'visitors.$2'),
    conversation: conversation ?? 'support',
    scope: data.scope ?? '',
    name: data.name || undefined,
    title: data.title || undefined,
    locale: data.locale ?? (language || 'en'),
    mode: data.mode === 'page' ? 'page' : 'bubble',
    side: data.side === 'start' ? 'start' : 'end',
    target: data.target,
    open: data.open !== undefined,
    consent: data.consent ?? 'functional',
    label: data.label ?? 'Chat',
    features:
      data.features ??
      `files reactions search${conversation && conversation !== 'support' ? ' people groups presence profile' : ''}`,
    files: data.files ?? files,
  };
}
