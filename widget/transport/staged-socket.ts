const framing = 'urn:ietf:params:xml:ns:xmpp-framing';
const streams = 'http://etherx.jabber.org/streams';
const sasl = 'urn:ietf:params:xml:ns:xmpp-sasl';
const bind = 'urn:ietf:params:xml:ns:xmpp-bind';

/** What a staged server answers to a client's frames; absent where it stays silent. */
export type Answer = (frame: string) => readonly string[] | undefined;

const open = `<open xmlns="${framing}" from="visitors.page.test" id="1" version="1.0"/>`;

/** A server that lets everybody in (RFC 7395, SASL ANONYMOUS, bind) and then stays silent. */
export function welcoming(): Answer {
  let opened = 0;
  return (frame) => {
    if (frame.startsWith('<open')) {
      opened += 1;
      return [open, opened === 1 ? mechanisms : features(`<bind xmlns="${bind}"/>`)];
    }
    if (frame.startsWith('<auth')) return [`<success xmlns="${sasl}"/>`];
    if (frame.includes(bind)) return [bound(/id="([^"]+)"/.exec(frame)?.[1] ?? '')];
    if (frame.startsWith('<close')) return [`<close xmlns="${framing}"/>`];
    return undefined;
  };
}

/** The same, of a server that ends a stream on which something is said before it has asked for it (RFC 6120 §4.9.3.14). */
export function inTurn(): Answer {
  let server = welcoming();
  let answers = false;
  return (frame) => {
    if (answers) {
      server = welcoming();
      const condition = '<policy-violation xmlns="urn:ietf:params:xml:ns:xmpp-streams"/>';
      return [`<stream:error xmlns:stream="${streams}">${condition}</stream:error>`];
    }
    // To close is always in turn.
    answers = !frame.startsWith('<close');
    setTimeout(() => {
      answers = false;
    });
    return server(frame);
  };
}

/** A server that lets nobody in (RFC 6120 §6.5). */
export function unfriendly(): Answer {
  return (frame) => {
    if (frame.startsWith('<open')) return [open, mechanisms];
    if (frame.startsWith('<auth')) return [`<failure xmlns="${sasl}"><not-authorized/></failure>`];
    return undefined;
  };
}

/** A server that does not serve the host asked for (RFC 6120 §4.9.3.6). */
export function elsewhere(): Answer {
  const condition = '<host-unknown xmlns="urn:ietf:params:xml:ns:xmpp-streams"/>';
  return (frame) =>
    frame.startsWith('<open')
      ? [open, `<stream:error xmlns:stream="${streams}">${condition}</stream:error>`]
      : undefined;
}

const mechanisms = features(`<mechanisms xmlns="${sasl}"><mechanism>ANONYMOUS</mechanism></mechanisms>`);

function features(inner: string): string {
  return `<stream:features xmlns:stream="${streams}">${inner}</stream:features>`;
}

function bound(id: string): string {
  const jid = `<bind xmlns="${bind}"><jid>v1@visitors.page.test/r1</jid></bind>`;
  return `<iq xmlns="jabber:client" type="result" id="${id}">${jid}</iq>`;
}

/** The page's `WebSocket` while a test plays the server. Answers come in macrotasks, as from a network. */
export class StagedSocket extends EventTarget {
  static answer: Answer = () => undefined;
  static newest: StagedSocket | undefined;
  static dials = 0;
  readonly sent: string[] = [];
  readyState: number = WebSocket.CONNECTING;

  constructor() {
    super();
    StagedSocket.newest = this;
    StagedSocket.dials += 1;
    setTimeout(() => {
      if (this.readyState !== WebSocket.CONNECTING) return;
      this.readyState = WebSocket.OPEN;
      this.dispatchEvent(new Event('open'));
    });
  }

  send(text: string): void {
    this.sent.push(text);
    const answers = StagedSocket.answer(text) ?? [];
    for (const answer of answers) this.receives(answer);
  }

  /** Lets one frame arrive. */
  receives(text: string): void {
    setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data: text })));
  }

  close(): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    setTimeout(() => this.dispatchEvent(new CloseEvent('close', { code: 1000, wasClean: true })));
  }
}
