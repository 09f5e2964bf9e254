/** The server's side of one client's socket, whoever owns it. */
export interface ClientSocket {
  /** The peer lives in this process, so it cannot vanish in silence: it is neither pinged nor ended for silence. */
  readonly inProcess?: true;
  /** Sends one text message. */
  send(text: string): void;
  /** Closes the socket, with a code of RFC 6455 §7.4. */
  close(code?: number, reason?: string): void;
}

/** One stream, fed by whoever owns its socket. No method ever throws. */
export interface ClientStream {
  /** One text message arrived. */
  receive(text: string): void;
  /** A sign of life below XMPP, such as the pong of RFC 6455 §5.5.3. */
  heard(): void;
  /** The socket is gone. */
  closed(): void;
}
