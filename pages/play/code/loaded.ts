import type { CodeFault } from './compiled.ts';

/** What a configuration may import, by name. */
export type Importable = Readonly<Record<string, object>>;

/** What came of loading: the default export, or what is wrong. */
export type Loaded = { readonly value: unknown } | { readonly fault: CodeFault & { readonly isSyntax?: boolean } };

/**
 * Runs the body of a CommonJS module as a module of this page, and resolves with its default export. `importable` is all
 * that it can import.
 */
export async function loaded(js: string, importable: Importable): Promise<Loaded> {
  // On one line with the first of the source, so that lines stay what they are.
  const url = URL.createObjectURL(new Blob([`export default async (require, exports, module) => {${js}\n};`], type));
  try {
    const { default: run } = (await import(/* @vite-ignore */ url)) as { readonly default: Body };
    const module: { exports: Record<string, unknown> } = { exports: {} };
    await run((name) => imported(name, importable), module.exports, module);
    return { value: module.exports.default };
  } catch (error) {
    return { fault: faultOf(error) };
  } finally {
    URL.revokeObjectURL(url);
  }
}

type Body = (
  require: (name: string) => object,
  exports: Record<string, unknown>,
  module: { exports: Record<string, unknown> },
) => Promise<void>;

const type = { type: 'text/javascript' } as const;

/** Where an error came from within what was loaded; without a line where it came from elsewhere. */
export function faultOf(error: unknown): CodeFault & { readonly isSyntax?: boolean } {
  if (!(error instanceof Error)) return { message: String(error) };
  const message = `${error.name}: ${error.message}`;
  if (error instanceof SyntaxError) return { message, isSyntax: true };
  const [, line, column] = /blob:[^\s)]*?:(\d+):(\d+)/.exec(error.stack ?? '') ?? [];
  return line === undefined ? { message } : { message, line: Number(line), column: Number(column) };
}

function imported(name: string, importable: Importable): object {
  const found = Object.hasOwn(importable, name) ? importable[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(importable).map((known) => `'${known}'`);
  throw new Error(`'${name}' cannot be imported here: the playground has ${names.join(' and ')}.`);
}
