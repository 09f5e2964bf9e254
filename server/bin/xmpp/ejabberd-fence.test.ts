import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startEjabberd } from './ejabberd.ts';
import { findEjabberd } from './ejabberd-binary.ts';
import { compiledFence } from './ejabberd-fence.ts';
import { probeFence } from './fence-probes.ts';
import { anonymousClient } from './raw-clients.ts';

const hosts = { visitorsHost: 'visitors.localhost', accountsHost: 'localhost', friend: 'friend.localhost' };

test('compiles the fence once, and again for another compiler', async () => {
  const folder = join(newFolder(), 'ebin');
  const { erlc } = findEjabberd();

  const first = await compiledFence({ erlc, erlcVersion: '1' }, folder);
  const files = readdirSync(folder);
  const kept = await compiledFence({ erlc: '/nowhere/erlc', erlcVersion: '1' }, folder);
  const other = await compiledFence({ erlc: '/nowhere/erlc', erlcVersion: '2' }, folder);

  expect([first, kept]).toEqual([{ ok: true }, { ok: true }]);
  expect(files).toContain('mod_befriend_fence.beam');
  expect(other).toEqual({ ok: false, why: expect.stringContaining('/nowhere/erlc') });
});

test('says what a compiler complains of', async () => {
  const folder = newFolder();
  const erlc = join(folder, 'erlc');
  writeFileSync(erlc, '#!/bin/sh\necho "fence.erl:1: syntax error"\nexit 1\n', { mode: 0o755 });

  const compiled = await compiledFence({ erlc, erlcVersion: '1' }, join(folder, 'ebin'));

  expect(compiled).toEqual({ ok: false, why: 'erlc failed: fence.erl:1: syntax error' });
});

test('without a compiler starts all the same, says so, and lets through what the docs say', async () => {
  const dataDir = newFolder();
  const warnings: (readonly [string, unknown])[] = [];
  const log = {
    info: () => undefined,
    warn: (text: string, fields: unknown) => void warnings.push([text, fields]),
    error: () => undefined,
  };
  const ports = { origins: [], wsPort: 0, componentPort: 0 };
  const server = await startEjabberd({ dataDir, ...hosts, ...ports, log, erlc: '/nowhere/erlc' });
  onTestFinished(() => server.stop());
  const [ann, ben] = await Promise.all([visitor(server.service), visitor(server.service)]);

  // A host without rosters ends the stream of whoever sends a subscription.
  const { arrived } = await probeFence(ann, { victim: ben, ...hosts }, /subscription/);

  expect(warnings).toEqual([[expect.stringContaining('no body'), { why: expect.stringContaining('erlc is missing') }]]);
  expect(arrived).toEqual(
    expect.arrayContaining(['message without body to full', 'presence to bare', 'request to full']),
  );
  expect(arrived.filter((name) => /^(chat|normal) message/.test(name))).toEqual([]);
}, 60_000);

async function visitor(service: string): ReturnType<typeof anonymousClient> {
  const stream = await anonymousClient(service, hosts.visitorsHost);
  onTestFinished(() => stream.close());
  stream.send('<presence xmlns="jabber:client"/>');
  await stream.until(/<presence/);
  return stream;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'befriend-test-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
