import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { imageTag, startDockerEjabberd } from './docker.ts';
import { dockerAvailable } from './docker-cli.ts';
import { deployFolder } from './server-config.ts';

test('gives another content of the image another tag, and the same content the same', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'Dockerfile'), 'FROM one');
  const first = imageTag(folder);
  const again = imageTag(folder);

  writeFileSync(join(folder, 'Dockerfile'), 'FROM two');
  const second = imageTag(folder);

  expect(first).toMatch(/^befriend-ejabberd:[0-9a-f]{12}$/);
  expect(again).toBe(first);
  expect(second).not.toBe(first);
});

test('fills every placeholder of the templates in the container, too', () => {
  const folder = deployFolder('ejabberd');
  const texts = ['ejabberd.yml.tmpl', 'ejabberdctl.cfg.tmpl'].map((name) => readFileSync(join(folder, name), 'utf8'));
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => !line.trimStart().startsWith('#'));
  const placeholders = new Set(lines.flatMap((line) => line.match(/@[A-Z0-9_]+@/g) ?? []));

  const entrypoint = readFileSync(join(folder, 'entrypoint'), 'utf8');
  const unfilled = [...placeholders].filter((placeholder) => !entrypoint.includes(`s|${placeholder}|`));

  expect(placeholders.size).toBeGreaterThan(10);
  expect(unfilled).toEqual([]);
});

test('says what to do when no engine answers', async () => {
  const folder = newFolder();
  vi.stubEnv('DOCKER_HOST', `unix://${folder}/none.sock`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const hosts = { friend: 'friend.localhost', visitorsHost: 'visitors.localhost' };

  const found = dockerAvailable();
  const start = startDockerEjabberd({ dataDir: folder, ...hosts, origins: [], wsPort: 0, componentPort: 0, log });

  expect(found).toEqual({ ok: false, why: expect.stringContaining('DOCKER_HOST') });
  await expect(start).rejects.toMatchObject({ code: 'not_startable' });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'befriend-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
