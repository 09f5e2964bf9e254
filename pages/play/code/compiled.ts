import { typescriptLanguage } from '@codemirror/lang-javascript';
import { transform } from 'sucrase';

/** What is wrong, and where it stands; lines and columns begin at 1, and are absent where nobody knows. */
export interface CodeFault {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** The body of a CommonJS module in JavaScript, each line where it was, or why there is none. */
export type Compiled = { readonly js: string } | { readonly fault: CodeFault };

const place = /\s*\((\d+):(\d+)\)\s*$/;

/** Takes the types out of a configuration and makes its imports calls of `require`. */
export function compiled(source: string): Compiled {
  try {
    const { code } = transform(source, { transforms: ['typescript', 'imports'], preserveDynamicImport: true });
    return { js: code };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const [, line, column] = place.exec(text) ?? [];
    const message = text.replace(place, '').replace(/^Error transforming [^:]*: /, '');
    return { fault: line === undefined ? { message } : { message, line: Number(line), column: Number(column) } };
  }
}

/** Where a text is no TypeScript first; nothing where it is. For faults that a browser names without a line. */
export function firstOdd(source: string): Pick<CodeFault, 'line' | 'column'> {
  let at: number | undefined;
  typescriptLanguage.parser.parse(source).iterate({
    enter: (node) => {
      if (node.type.isError) at ??= node.from;
      return at === undefined;
    },
  });
  if (at === undefined) return {};
  const before = source.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
