import { createServer, type Server } from 'node:net';
import { XmppServerError } from './xmpp-server.ts';

/**
 * Finds a port on 127.0.0.1 for each wish: the wished one if it is free, any free one for 0. All are held until all
 * are found, so no two are equal; they are free again when this resolves.
 *
 * @throws XmppServerError `port_taken` when a wished port is in use, or may not be used by this user.
 */
export async function freePorts(wishes: readonly number[]): Promise<number[]> {
  const held: Server[] = [];
  try {
    const ports: number[] = [];
    for (const wish of wishes) {
      const server = createServer();
      held.push(server);
      ports.push(await listen(server, wish));
    }
    return ports;
  } finally {
    await Promise.all(held.map(release));
  }
}

/** The error for a port that somebody else has. */
export function portTaken(port: number | string, cause?: unknown): XmppServerError {
  const advice = 'stop the program that has it, or choose another one (0 finds a free one)';
  return new XmppServerError('port_taken', `Port ${port} on 127.0.0.1 is taken: ${advice}.`, cause);
}

function listen(server: Server, wish: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portTaken(wish, cause)));
    server.listen({ port: wish, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : wish);
    });
  });
}

function release(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
