import { basename, join, resolve } from 'node:path';
import type { Exit, Surroundings } from './surroundings.ts';

const templateFolder = join(import.meta.dirname, 'template');

/** The files that are written as they are. */
export const templateFiles = [
  'befriend.config.ts',
  'befriend.test.ts',
  'hello.test.ts',
  'public/index.html',
  'public/page.js',
  'README.md',
] as const;

const ignored = 'node_modules/\n.befriend/\n';

/** What an editor needs: Node runs the files as they are. */
const typescript = {
  compilerOptions: {
    target: 'es2024',
    lib: ['esnext', 'dom'],
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
  },
};

/** Writes a small project with a team's own logic into an empty folder, and says what to do next. */
export function newProject(folder: string, { list, read, write, say, complain }: Surroundings): Exit {
  const there = list(folder).filter((name) => name !== '.git');
  if (there.length > 0) {
    const some = there.slice(0, 3).join(', ');
    complain(`${resolve(folder)} is not empty, it holds ${some}. Name another folder: befriend init chat\n`);
    return 1;
  }
  const { version } = JSON.parse(read(join(import.meta.dirname, '..', 'package.json'))) as { version: string };
  const files: Record<string, string> = {
    'package.json': json(manifest(folder, version)),
    'tsconfig.json': json(typescript),
    '.gitignore': ignored,
    ...Object.fromEntries(templateFiles.map((name) => [name, read(join(templateFolder, name))])),
  };
  try {
    for (const [name, text] of Object.entries(files)) write(join(folder, name), text);
  } catch (error) {
    complain(`${resolve(folder)} cannot be written: ${(error as Error).message}\n`);
    return 1;
  }
  const enter = folder === '.' ? '' : `cd ${folder}\n`;
  say(
    `${Object.keys(files).length} files are in ${resolve(folder)}. Next:\n\n${enter}npm install\nnpm test\nnpm run dev\n`,
  );
  return 0;
}

function manifest(folder: string, version: string): object {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return {
    name: name || 'chat',
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: { dev: 'befriend dev', start: 'befriend start', test: 'node --test' },
    dependencies: { befriend: `^${version}` },
    engines: { node: '>=24' },
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
