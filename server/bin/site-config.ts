import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FriendError } from '../core/errors.ts';
import type { Config } from '../package/config.ts';

/** A site's own logic cannot be used; the message is one line, and says where and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** What a site's own logic is looked for as, in the folder where it is started. */
export const configNames = ['befriend.config.ts', 'befriend.config.js', 'befriend.config.mjs'] as const;

/**
 * The file with the site's own logic; undefined where there is none.
 * @throws ConfigError where `BEFRIEND_CONFIG` names a file that is not there
 */
export function configPath(folder: string, named = process.env.BEFRIEND_CONFIG): string | undefined {
  if (named === undefined || named === '') {
    return configNames.map((name) => join(folder, name)).find((path) => existsSync(path));
  }
  const path = resolve(folder, named);
  if (existsSync(path)) return path;
  throw new ConfigError(`BEFRIEND_CONFIG is ${JSON.stringify(named)}; there is no such file.`);
}

/** Loads a site's own logic from `url`, a file. @throws ConfigError */
export async function loadedConfig(url: URL): Promise<Config> {
  const path = fileURLToPath(url);
  const name = shown(path);
  let module: { readonly default?: unknown };
  try {
    module = (await import(url.href)) as typeof module;
  } catch (error) {
    throw configError(error, path);
  }
  const { default: config } = module;
  if (config === undefined) {
    throw new ConfigError(`${name} has no default export: export default defineConfig({ … }).`);
  }
  const wrong = faultIn(config);
  if (wrong !== undefined) throw new ConfigError(`${name}: ${wrong}`);
  return config as Config;
}

/** What a site's own logic threw, in one line that begins with its place, where it tells one. */
export function configError(error: unknown, path: string): ConfigError {
  if (error instanceof ConfigError) return error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const place = placeIn(stack, dirname(path)) ?? (error instanceof SyntaxError ? syntaxPlace(path) : undefined);
  const text = error instanceof Error ? error.message : String(error);
  const kind = error instanceof Error && !(error instanceof FriendError) && error.name !== 'Error' ? error.name : '';
  const words = `${kind && `${kind}: `}${text}`.replaceAll(`${process.cwd()}/`, '').replaceAll(/\s*\n\s*/g, ' ');
  return new ConfigError(`${place ?? shown(path)}: ${words.slice(0, 1_000)}`);
}

/** Whether code of the site's own `folder` stands where an error was made. */
export function isThrownIn(error: unknown, folder: string): boolean {
  return error instanceof ConfigError || (error instanceof Error && placeIn(error.stack ?? '', folder) !== undefined);
}

/** The innermost `file:line` in the site's own folder. */
function placeIn(stack: string, folder: string): string | undefined {
  for (const [, url, line] of stack.matchAll(/((?:file:\/\/)?\/[^\s()]*?\.[cm]?[jt]s)(?:\?befriend=\d+)?:(\d+)/g)) {
    const path = url?.startsWith('file:') ? fileURLToPath(url) : (url ?? '');
    if (path.startsWith(join(folder, '/')) && !path.includes('/node_modules/')) return `${shown(path)}:${line}`;
  }
  return undefined;
}

/** Node says where JavaScript cannot be read to a terminal alone. */
function syntaxPlace(path: string): string | undefined {
  try {
    execFileSync(process.execPath, ['--check', path], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 5_000 });
    return undefined;
  } catch (error) {
    return placeIn(String((error as { stderr?: Buffer }).stderr), dirname(path));
  }
}

/** A path as it is said to people: from where they are, where it lies below. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

type Shape = readonly [what: string, fits: (value: unknown) => boolean];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isPlugin = (value: unknown): boolean =>
  isObject(value) && 'name' in value && 'install' in value && typeof value.install === 'function';
const table: Shape = ['an object', (value) => isObject(value) && !Array.isArray(value)];

/** Every key of a configuration, and what it has to be; what is in it is checked by whom it is for. */
const shapes = {
  name: ['a text', (value) => typeof value === 'string' && value.trim() !== ''],
  relations: table,
  roles: table,
  firstSpeaker: ['the name of a role', (value) => typeof value === 'string' && value !== ''],
  rename: ['true or false', (value) => typeof value === 'boolean'],
  events: ['what defineEvents() returns', (value) => isObject(value) && 'actions' in value && 'facts' in value],
  desk: table,
  plugins: ['a list of plugins, each with a name and install()', (v) => Array.isArray(v) && v.every(isPlugin)],
  setup: ['a function, setup(friend) { … }', (value) => typeof value === 'function'],
} as const satisfies Record<keyof Config | 'events' | 'desk', Shape>;

function faultIn(config: unknown): string | undefined {
  if (!isObject(config) || Array.isArray(config)) return 'the default export is no configuration: defineConfig({ … }).';
  for (const [key, value] of Object.entries(config)) {
    const shape: Shape | undefined = (shapes as Readonly<Record<string, Shape>>)[key];
    if (shape === undefined) return `there is no ${JSON.stringify(key)}. There is ${Object.keys(shapes).join(', ')}.`;
    if (value !== undefined && !shape[1](value)) return `${key} has to be ${shape[0]}.`;
  }
  return undefined;
}
