import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Runs `program` in a process that watches its event loop: a beat every 20 ms, ended after 200 ms without one. */
function watched(program: string): Promise<Ended> {
  const source = `
    import { watchEventLoop } from ${JSON.stringify(new URL('./watchdog.ts', import.meta.url).href)};
    const end = watchEventLoop({ beatEvery: 20, patience: 200 });
    ${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, stderr })));
}

test('ends a process whose event loop stands still, and says why', async () => {
  const { signal, stderr } = await watched('setTimeout(() => { for (;;); }, 100);');

  expect(signal).toBe('SIGKILL');
  expect(JSON.parse(stderr)).toMatchObject({ level: 'error', message: expect.stringContaining('stood still for 200') });
}, 20_000);

test('leaves alone a process that is busy in pieces', async () => {
  const ended = await watched(`
    const until = Date.now() + 800;
    const piece = () => {
      for (const end = Date.now() + 50; Date.now() < end; );
      if (Date.now() < until) setTimeout(piece, 1);
      else end();
    };
    setTimeout(piece, 100);`);

  expect(ended).toEqual({ code: 0, signal: null, stderr: '' });
}, 20_000);

test('keeps no process alive by itself', async () => {
  const ended = await watched('');

  expect(ended).toEqual({ code: 0, signal: null, stderr: '' });
}, 20_000);
