import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** One file of the built widget. */
export interface BuiltFile {
  readonly name: string;
  readonly text: string;
  /** As `gzip -9` packs it. */
  readonly gzip: Buffer;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the widget and reads what came out. */
export function buildWidget(): BuiltFile[] {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const folder = join(root, 'dist', 'widget');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return { name, text, gzip: gzipSync(text, { level: 9 }) };
    });
}

/** The one classic script that the tag loads. @throws Error when the build has none. */
export function launcherOf(files: readonly BuiltFile[]): BuiltFile {
  const launcher = files.find(({ name }) => name === 'befriend.js');
  if (launcher === undefined) throw new Error('The build has no befriend.js.');
  return launcher;
}

/** What a page loads for a theme that is more than a scheme or CSS, and for nothing else. @throws Error when the build has none. */
export function themeOf(files: readonly BuiltFile[]): BuiltFile {
  const theme = files.find(({ text }) => text.includes('befriend: theme: '));
  if (theme === undefined) throw new Error('The build has no file that themes.');
  return theme;
}

/**
 * What a first message needs: the launcher, the entry that it names, and all that is imported at once from there on. A
 * file that is only named in an `import()` inside a module waits for its own occasion.
 */
export function filesOfFirstMessage(files: readonly BuiltFile[]): BuiltFile[] {
  const launcher = launcherOf(files);
  const needed = new Set([launcher]);
  // The launcher names another entry too, for pages with launchers of their own.
  for (const file of files) if (/^app-/.test(file.name) && launcher.text.includes(file.name)) needed.add(file);
  // A set is walked to its end even while it grows.
  for (const file of needed) {
    if (file === launcher) continue;
    for (const other of files) if (imports(file, other.name)) needed.add(other);
  }
  return [...needed];
}

function imports(file: BuiltFile, name: string): boolean {
  return new RegExp(`(from|import)\\s*["']\\./${escaped(name)}["']`).test(file.text);
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&');
}
