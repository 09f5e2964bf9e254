import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Ended {
  readonly code: number | string | undefined;
  readonly stderr: string;
}

/** Runs an entry until it ends by itself. */
function run(file: string, env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    const path = join(import.meta.dirname, file);
    execFile(process.execPath, [path], { env: { PATH: process.env.PATH ?? '', ...env } }, (error, _, stderr) =>
      resolve({ code: error?.code ?? 0, stderr }),
    );
  });
}

test('says in one line that the port is taken and how to choose another', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  const { code, stderr } = await run('start.ts', { PORT: String(port), BEFRIEND_XMPP: 'builtin' });
  other.close();

  expect(code).toBe(1);
  expect(stderr).toBe(`Port ${port} is taken. Set PORT to a free one: PORT=8081 npm start\n`);
});

test('says in one line which setting is wrong', async () => {
  const { code, stderr } = await run('start.ts', { BEFRIEND_XMPP: 'jabberd' });

  expect(code).toBe(1);
  expect(stderr).toMatch(/^BEFRIEND_XMPP is "jabberd"; set it to [^\n]*\n$/);
});

test('says in one line which fault cannot be planted', async () => {
  const { code, stderr } = await run('start.ts', { BEFRIEND_FAULT: 'commit:1' });

  expect(code).toBe(1);
  expect(stderr).toMatch(/^BEFRIEND_FAULT is "commit:1"; set it to [^\n]*\n$/);
});

test('says how to start it to who starts the friend’s own process', async () => {
  const { code, stderr } = await run('friend.ts', {});

  expect(code).not.toBe(0);
  expect(stderr).toContain('Start Befriend with npm start.');
});

/** Processes whose command line names `folder`, and who are not this one. */
function runningIn(folder: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });
}

test('leaves nothing running when it is ended while ejabberd is still on its way up', async () => {
  const data = mkdtempSync(join(tmpdir(), 'befriend-start-'));
  chmodSync(data, 0o755);
  const ports = { PORT: '0', BEFRIEND_WS_PORT: '0', BEFRIEND_COMPONENT_PORT: '0' };
  const env = { PATH: process.env.PATH, ...ports, BEFRIEND_XMPP: 'native', BEFRIEND_DATA: data };
  const starter = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], { env, stdio: 'ignore' });
  const ended = once(starter, 'exit');
  await expect.poll(() => runningIn(data).length, { timeout: 15_000, interval: 5 }).toBeGreaterThan(0);

  starter.kill('SIGINT');
  const [code] = await ended;

  expect([code, runningIn(data)]).toEqual([0, []]);
  rmSync(data, { recursive: true });
}, 40_000);
