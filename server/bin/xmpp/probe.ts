import { connect } from 'node:net';
import { WebSocket } from 'ws';

/**
 * Whether a WebSocket XMPP server at `service` offers SASL ANONYMOUS for `visitorsHost`: it opens a stream (RFC 7395
 * §3.4), reads the features and closes. An open port proves nothing: a proxy in front of a container accepts, too.
 */
export function probeWebSocket(service: string, visitorsHost: string, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(service, 'xmpp', { handshakeTimeout: withinMs });
    const timer = setTimeout(() => settle(false), withinMs);
    const settle = (up: boolean): void => {
      clearTimeout(timer);
      resolve(up);
      socket.terminate();
    };
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.on('open', () => {
      socket.send(`<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${visitorsHost}" version="1.0"/>`);
    });
    socket.on('message', (data) => {
      if (data.toString().includes('>ANONYMOUS<')) settle(true);
    });
  });
}

/**
 * Whether an XMPP server answers a component's stream header for `friend` (XEP-0114 §3). It stops before the
 * handshake: a probe that became the component would swallow stanzas that are meant for the friend.
 */
export function probeComponent(host: string, port: number, friend: string, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (up: boolean): void => {
      resolve(up);
      socket.destroy();
    };
    let received = '';
    socket.setTimeout(withinMs, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.on('connect', () => {
      const namespaces = `xmlns="jabber:component:accept" xmlns:stream="http://etherx.jabber.org/streams"`;
      socket.write(`<?xml version="1.0"?><stream:stream ${namespaces} to="${friend}">`);
    });
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (/<stream:stream[^>]*\sid=/.test(received)) settle(!received.includes('<stream:error'));
    });
  });
}
