import { join } from 'node:path';
import type { XmppServer } from '../../server/bin/xmpp/xmpp-server.ts';
import { type Child, startChild } from '../child.ts';
import type { FloorCalls } from '../floor/echo.ts';
import type { FriendCalls } from '../friend/process.ts';
import type { Crowd, LoadCalls } from '../load/process.ts';
import { addresses, startBenchServer, visitorsHost } from './bench-server.ts';
import type { Measured } from './pairs.ts';

/** Everything that takes part, each in a process of its own: ejabberd, the floor, the friend, and the load. */
export interface Stage {
  readonly server: XmppServer;
  readonly friend: Child<FriendCalls>;
  readonly load: Child<LoadCalls>;
  /** The friend's data file. */
  readonly path: string;
  /** Lets a crowd talk for `ms`, and counts what that cost. */
  round(crowd: Crowd, conversations: number, window: number, ms: number): Promise<Measured>;
  /** Ends all of it. */
  end(): Promise<void>;
}

/**
 * Starts all and connects the crowds.
 * @param folders `serverFolder` is ejabberd's and may be used again, `folder` is empty and gets the data file
 * @param conversations pairs of each crowd
 * @param friendOptions flags of Node for the friend's process
 */
export async function setStage(
  { serverFolder, folder }: { serverFolder: string; folder: string },
  conversations: number,
  friendOptions: readonly string[] = [],
): Promise<Stage> {
  const server = await startBenchServer(serverFolder);
  const floor = startChild<FloorCalls>(new URL('../floor/echo.ts', import.meta.url));
  const friend = startChild<FriendCalls>(new URL('../friend/process.ts', import.meta.url), friendOptions);
  const load = startChild<LoadCalls>(new URL('../load/process.ts', import.meta.url));
  const end = async (): Promise<void> => {
    await Promise.all([load.end(), floor.end(), friend.end()]);
    await server.stop();
  };
  const path = join(folder, 'friend.sqlite');
  const { component, service } = server;
  const link = { service: `xmpp://${component.host}:${component.port}`, secret: component.secret };
  const crowd = { service, host: visitorsHost, conversations };
  try {
    await floor.ask('connect', { ...link, domain: addresses.floor });
    await friend.ask('connect', { ...link, domain: addresses.friend, path });
    await load.ask('gather', { ...crowd, crowd: 'floor', route: { through: addresses.floor } });
    await load.ask('gather', { ...crowd, crowd: 'friend', route: { through: addresses.friend } });
    await load.ask('gather', { ...crowd, crowd: 'direct', route: 'direct' });
  } catch (error) {
    await end();
    throw error;
  }
  const cpuOf = async (name: Crowd): Promise<number> => {
    if (name === 'direct') return 0;
    return name === 'floor' ? floor.ask('cpu', undefined) : friend.ask('cpu', undefined);
  };

  return {
    ...{ server, friend, load, path, end },
    async round(name, talking, window, ms) {
      const before = await cpuOf(name);
      const round = await load.ask('round', { crowd: name, conversations: talking, window, ms });
      return { ...round, ownCpuMicros: (await cpuOf(name)) - before };
    },
  };
}
