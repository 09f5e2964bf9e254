/**
 * The parts of an address that @xmpp/websocket looks at, to know whether it is secure; put by the build in the place of
 * what @xmpp/connection has for it.
 */
export function parseURI(address: string): Pick<URL, 'port' | 'hostname' | 'protocol'> {
  return new URL(address);
}
