import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { optionsAt, processesNaming, serverContract } from './contract.ts';
import { startEjabberd } from './ejabberd.ts';
import { ejabberdAvailable } from './ejabberd-binary.ts';
import { vmsOf } from './erlang-vm.ts';

const epmdsBefore = epmds();
const vmsIn = (dataDir: string): number[] => vmsOf(join(dataDir, 'ejabberd', 'spool'));

const ejabberd = {
  start: startEjabberd,
  startedBy: [new URL('./ejabberd.ts', import.meta.url), 'startEjabberd'],
  processes: vmsIn,
  configFile: 'ejabberd/config/ejabberd.yml',
} as const;

serverContract('ejabberd', ejabberd, ({ server }) => {
  test('finds the installed ejabberd and names its version', () => {
    const found = ejabberdAvailable();

    expect(found).toEqual({ ok: true, version: expect.stringMatching(/^\d+\.\d+/) });
    expect(server().name).toBe(`ejabberd ${found.ok ? found.version : ''}`);
  });

  test('starts no epmd', () => {
    expect(epmds()).toEqual(epmdsBefore);
  });

  test('says why ejabberd refuses its configuration, and leaves nothing running', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'befriend-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));

    const start = startEjabberd({ ...optionsAt(folder), accountsHost: 'visitors.localhost' });

    await expect(start).rejects.toMatchObject({ code: 'bad_config', message: expect.stringContaining('hosts') });
    expect(vmsIn(folder)).toEqual([]);
  }, 30_000);
});

function epmds(): string[] {
  return processesNaming('epmd').filter((command) => command.split('\0')[0]?.endsWith('/epmd'));
}
