import { setTimeout as delay } from 'node:timers/promises';
import { probeComponent, probeWebSocket } from './probe.ts';
import { type XmppServer, XmppServerError } from './xmpp-server.ts';

/** A server on its way up. */
export interface StartingServer extends Pick<XmppServer, 'service' | 'visitorsHost' | 'component'> {
  /** For people. */
  readonly name: string;
  readonly friend: string;
  /** Why it will never answer, as soon as that is known. */
  readonly failure: () => Promise<XmppServerError | undefined> | XmppServerError | undefined;
  /** Where people find out more, `see FILE`. */
  readonly advice: string;
}

/**
 * Resolves when visitors can log in and the friend can connect.
 *
 * @throws XmppServerError its failure, or `timeout` after `withinMs`, 30,000 unless told.
 */
export async function answering(server: StartingServer, withinMs: number = 30_000): Promise<void> {
  const until = performance.now() + withinMs;
  const { host, port } = server.component;
  for (;;) {
    const [people, friend] = await Promise.all([
      probeWebSocket(server.service, server.visitorsHost, 2_000),
      probeComponent(host, port, server.friend, 2_000),
    ]);
    const failure = await server.failure();
    // What a port says may come from somebody else who has it: the server's own word counts more.
    if (failure !== undefined) throw failure;
    if (people && friend) return;
    if (performance.now() > until) {
      const message = `${server.name} did not answer within ${withinMs / 1_000} s: ${server.advice}.`;
      throw new XmppServerError('timeout', message);
    }
    await delay(50);
  }
}

/** Tries `start` again when a port that was free a moment ago is gone; it takes others then, never other wishes. */
export async function onFreePorts<T>(start: () => Promise<T>, attempts: number = 3): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const again = attempts > 1 && error instanceof XmppServerError && error.code === 'port_taken';
    if (!again) throw error;
    return onFreePorts(start, attempts - 1);
  }
}
