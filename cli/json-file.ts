import { evaluate, type MemberNode, parse, type ValueNode } from '@humanwhocodes/momoa';
import { FileError, type Finding } from './finding.ts';

/** Hands over what a file holds. @throws Error where it cannot be read */
export type Read = (file: string) => string;

/** A JSON text that knows where its parts stand. */
export interface JsonFile {
  readonly file: string;
  readonly value: unknown;
  /** What stands there (RFC 6901) is found at this line and column; of what is not there, the innermost that is. */
  place(pointer: string): { readonly line: number; readonly column: number };
  /** Members of one name in one object, of which a reader sees the last only. */
  readonly repeated: readonly Finding[];
}

/** RFC 6901 §4. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** RFC 6901 §3. */
export function pointerTo(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Reads a JSON file (RFC 8259). @throws FileError that says where the text is no JSON, or why there is none */
export function readJson(read: Read, file: string): JsonFile {
  const text = textOf(read, file);
  const { body } = parsed(text, file);
  const places = new Map<string, { readonly line: number; readonly column: number }>();
  const repeated: Finding[] = [];
  const visit = (node: ValueNode, pointer: string): void => {
    if (node.type === 'Object')
      for (const member of node.members) {
        const at = pointer + pointerTo(nameOf(member));
        const { line, column } = member.loc.start;
        if (places.has(at)) {
          const reason = `${JSON.stringify(nameOf(member))} stands here a second time; the first is lost.`;
          repeated.push({ kind: 'file', file, line, column, pointer: at, reason });
        }
        places.set(at, { line, column });
        visit(member.value, at);
      }
    else if (node.type === 'Array')
      for (const [index, { value }] of node.elements.entries()) {
        places.set(`${pointer}/${index}`, { line: value.loc.start.line, column: value.loc.start.column });
        visit(value, `${pointer}/${index}`);
      }
  };
  visit(body, '');
  const place: JsonFile['place'] = (pointer) => {
    for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      const found = places.get(at);
      if (found) return found;
    }
    const { line, column } = body.loc.start;
    return { line, column };
  };
  return { file, value: evaluate(body), place, repeated };
}

function nameOf({ name }: MemberNode): string {
  return name.type === 'String' ? name.value : name.name;
}

function textOf(read: Read, file: string): string {
  try {
    return read(file).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const reason = code === 'ENOENT' ? 'There is no such file.' : `It cannot be read: ${message}`;
    throw new FileError({ kind: 'file', file, reason });
  }
}

function parsed(text: string, file: string): ReturnType<typeof parse> {
  try {
    return parse(text, { mode: 'json' });
  } catch (error) {
    const { line = 1, column = 1, message } = error as { line?: number; column?: number; message: string };
    const reason = `It is no JSON: ${message.replace(/ \(\d+:\d+\)$/, '')}`;
    throw new FileError({ kind: 'file', file, line, column, reason });
  }
}
