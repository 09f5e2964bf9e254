#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './commands.ts';

process.exitCode = await run(process.argv.slice(2), {
  read: (file) => readFileSync(file, 'utf8'),
  write: (file, text) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  },
  list: (folder) => {
    try {
      return readdirSync(folder);
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return [];
      throw error;
    }
  },
  load: (file) => import(pathToFileURL(resolve(file)).href),
  random: (count) => randomBytes(count),
  start,
  say: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});

/** The program reads by itself whether it is `start` or `dev`, and ends this process. */
function start(): void {
  const [major = ''] = process.versions.node.split('.');
  if (Number(major) < 24) {
    process.stderr.write(`befriend start needs Node 24 or newer; this is ${process.version}. Install it: nodejs.org\n`);
    process.exit(1);
  }
  const program = join(import.meta.dirname, '..', 'server', 'bin', `start${extname(import.meta.filename)}`);
  void import(pathToFileURL(program).href);
}
