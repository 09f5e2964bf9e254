import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { TcpProxy } from './proxy.ts';

/** A server that sends back what it gets, behind a proxy. */
async function echoBehindProxy(): Promise<{ proxy: TcpProxy; dial: () => Promise<Socket>; served: Set<Socket> }> {
  const served = new Set<Socket>();
  const server = createServer((socket) => {
    served.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => served.delete(socket));
    socket.pipe(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const proxy = await TcpProxy.start({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  const dialled: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of [...dialled, ...served]) socket.destroy();
    await proxy.stop();
    server.close();
  });
  const dial = async (): Promise<Socket> => {
    const socket = connect(proxy.port, '127.0.0.1');
    dialled.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  return { proxy, dial, served };
}

async function echoed(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [piece] = (await once(socket, 'data')) as [Buffer];
  return piece.toString();
}

test('passes bytes both ways, and counts who asks', async () => {
  const { proxy, dial } = await echoBehindProxy();

  const heard = await echoed(await dial(), 'hello');

  expect(heard).toBe('hello');
  expect(proxy.connects).toHaveLength(1);
  expect(proxy.open).toBe(1);
});

test('delivers late, and no more than fits in a second', async () => {
  const { proxy, dial } = await echoBehindProxy();
  const socket = await dial();
  await echoed(socket, 'before');
  proxy.shape({ latencyMs: 40, bytesPerSecond: 1_000 });

  const began = performance.now();
  await echoed(socket, 'x'.repeat(50));

  expect(performance.now() - began).toBeGreaterThanOrEqual(2 * (40 + 50) - 5);
});

test('resets all connections once so many bytes have passed, and lets new ones in', async () => {
  const { proxy, dial } = await echoBehindProxy();
  const socket = await dial();
  await echoed(socket, 'before');
  proxy.cutAfter(4);

  const ended = once(socket, 'error');
  socket.write('more than four bytes');

  expect((await ended)[0]).toMatchObject({ code: 'ECONNRESET' });
  expect(await echoed(await dial(), 'again')).toBe('again');
});

test('swallows what stands without a word to either side, and holds what comes until it is healed', async () => {
  const { proxy, dial, served } = await echoBehindProxy();
  const standing = await dial();
  await echoed(standing, 'before');
  proxy.blackHole();
  const words: string[] = [];
  standing.on('data', (piece: Buffer) => words.push(piece.toString()));
  standing.write('into the dark');
  const held = await dial();
  const late = echoed(held, 'held');
  await delay(100);
  const inTheDark = { words: [...words], served: served.size, closed: standing.closed };

  const ended = once(standing, 'error');
  proxy.heal();

  expect(inTheDark).toEqual({ words: [], served: 1, closed: false });
  expect(await late).toBe('held');
  expect((await ended)[0]).toMatchObject({ code: 'ECONNRESET' });
});
