import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EjabberdBinary } from './ejabberd-binary.ts';
import { deployFolder } from './server-config.ts';

/** Whether the compiled fence can be loaded; `why` is one line for people. */
export type CompiledFence = { readonly ok: true } | { readonly ok: false; readonly why: string };

/**
 * Compiles `deploy/ejabberd/mod_befriend_fence.erl` into `folder`, which ejabberd's user must be able to read. What an
 * earlier start compiled is kept while source and compiler are the same. Never rejects: without the module ejabberd
 * starts, too, and visitors are kept apart by `mod_block_strangers` alone.
 */
export async function compiledFence(
  { erlc, erlcVersion }: Pick<EjabberdBinary, 'erlc' | 'erlcVersion'>,
  folder: string,
): Promise<CompiledFence> {
  if (erlc === undefined) return { ok: false, why: 'erlc is missing: install erlang-base' };
  const source = join(deployFolder('ejabberd'), 'mod_befriend_fence.erl');
  const made = createHash('sha256').update(readFileSync(source)).update(erlcVersion).digest('hex');
  const mark = join(folder, 'made-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === made) return { ok: true };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  try {
    await promisify(execFile)(erlc, ['-o', folder, source], { cwd: '/' });
    writeFileSync(mark, made);
    return { ok: true };
  } catch (error) {
    const printed = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    return { ok: false, why: `erlc failed: ${(printed || String(error)).trim().split('\n')[0]?.slice(0, 200)}` };
  }
}
