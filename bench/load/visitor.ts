import { once } from 'node:events';
import { WebSocket } from 'ws';
import { namespaces } from '../../protocol/frame.ts';

/** A visitor's stream that costs the generator as little as possible: strings in, strings out, nothing parsed. */
export interface Visitor {
  readonly jid: string;
  /** Sends one frame, JSON without characters that XML would need escaped, to `to`. */
  send(to: string, json: string): void;
  /** Sends any stanza as it is. */
  raw(xml: string): void;
  /** Takes each stanza's text from now on, in place of whoever took it before. */
  listen(listener: (xml: string) => void): void;
  close(): void;
}

const framing = 'urn:ietf:params:xml:ns:xmpp-framing';

/** Logs in by SASL ANONYMOUS over a WebSocket (RFC 7395, RFC 4505). @throws Error when the server refuses. */
export async function visitor(service: string, host: string): Promise<Visitor> {
  const socket = new WebSocket(service, 'xmpp', { perMessageDeflate: false, skipUTF8Validation: true });
  const arrived: string[] = [];
  let failure: Error | undefined;
  let wake = (): void => undefined;
  let listener = (xml: string): void => {
    arrived.push(xml);
    wake();
  };
  const fail = (error: Error): void => {
    failure = error;
    wake();
  };
  socket.on('message', (data) => listener(data.toString()));
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The server closed the WebSocket.')));
  await once(socket, 'open');

  const until = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const xml = arrived.shift();
      if (xml !== undefined && pattern.test(xml)) return xml;
      if (xml !== undefined && /<failure|<stream:error/.test(xml)) throw new Error(xml);
      if (failure !== undefined) throw failure;
      if (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const open = `<open xmlns="${framing}" to="${host}" version="1.0"/>`;
  socket.send(open);
  await until(/ANONYMOUS/);
  socket.send('<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>');
  await until(/<success/);
  socket.send(open);
  await until(/xmpp-bind/);
  socket.send('<iq type="set" id="bind" xmlns="jabber:client"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>');
  const jid = /<jid>([^<]+)/.exec(await until(/<jid>/))?.[1] ?? '';
  return {
    jid,
    send: (to, json) => socket.send(stanza(to, json)),
    raw: (xml) => socket.send(xml),
    listen: (taker) => {
      listener = taker;
    },
    close: () => socket.close(),
  };
}

const beforeJson = `type="chat"><payload xmlns="${namespaces.payload}" datatype="${namespaces.event}"><json xmlns="${namespaces.json}">`;
const afterJson = `</json></payload><no-store xmlns="${namespaces.hints}"/></message>`;

function stanza(to: string, json: string): string {
  return `<message xmlns="jabber:client" to="${to}" ${beforeJson}${json}${afterJson}`;
}
