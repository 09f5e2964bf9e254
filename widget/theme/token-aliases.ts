/** What a JSON object holds. */
export type Fields = Readonly<Record<string, unknown>>;

/** So many steps may be taken to find out what one value is: lists of aliases of lists could go on for ever. */
const mostSteps = 2_000;

/** Follows for one value what in a file of design tokens points elsewhere: aliases, references, groups that extend another. */
export class TokenAliases {
  readonly #file: unknown;
  #steps = 0;

  constructor(file: unknown) {
    this.#file = file;
  }

  /** What a group or token holds, and what it extends (Format Module 2025.10, §6). @throws Error that says why it cannot be told */
  fieldsOf(node: unknown): Fields {
    const fields = asFields(node);
    const { $extends } = fields;
    return $extends === undefined ? fields : merged(this.fieldsOf(this.#target($extends)), fields);
  }

  /** The value in place of what points at it: `{group.token}`, or a `$ref` (§7). @throws Error that says why there is none */
  valueOf(raw: unknown): unknown {
    this.#step();
    if (Array.isArray(raw)) return raw.map((one) => this.valueOf(one));
    if (pathIn(raw)) return this.valueOf(tokenValue(this.#target(raw)));
    if (typeof raw !== 'object' || !raw) return raw;
    return Object.fromEntries(Object.entries(raw).map(([name, one]) => [name, this.valueOf(one)]));
  }

  #target(pointing: unknown): unknown {
    this.#step();
    let node = this.#file;
    for (const name of pathIn(pointing) ?? []) {
      const fields: Fields = Array.isArray(node) ? { ...node } : this.fieldsOf(node);
      node = Object.hasOwn(fields, name) ? fields[name] : undefined;
    }
    if (node === undefined || !pathIn(pointing)) throw new Error(`${JSON.stringify(pointing)} points at nothing.`);
    return node;
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > mostSteps) throw new Error('It points in a circle, or at far too much.');
  }
}

/** The value of a token; what is none is a value itself. */
export function tokenValue(token: unknown): unknown {
  const fields = asFields(token);
  return '$value' in fields ? fields.$value : token;
}

/** What `value` holds, where that is an object; else nothing. */
export function asFields(value: unknown): Fields {
  return typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
}

/** The names that lead to what `value` points at; undefined where it is no pointer. */
function pathIn(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return /^\{([^{}]+)\}$/.exec(value)?.[1]?.split('.');
  const { $ref } = asFields(value);
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return;
  return $ref
    .slice(2)
    .split('/')
    .map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function merged(base: Fields, over: Fields): Fields {
  const both = Object.entries(over).map(([name, one]) => {
    const isGroup = typeof one === 'object' && !('$value' in asFields(one));
    return [name, isGroup ? merged(asFields(base[name]), asFields(one)) : one];
  });
  return { ...base, ...Object.fromEntries(both) };
}
