import { dirname, join } from 'node:path';
import { FileError } from './finding.ts';
import { type JsonFile, pointerTo, type Read, readJson, stepsOf } from './json-file.ts';

/** A part of a JSON file, and where it stands. */
export interface Located {
  readonly file: JsonFile;
  readonly pointer: string;
  readonly value: unknown;
}

/** A JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether it is a JSON object. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The error that says what is wrong with a part of a file. */
export function wrong({ file, pointer }: Located, reason: string): FileError {
  return new FileError({ kind: 'file', file: file.file, ...file.place(pointer), pointer, reason });
}

/** A member or an element of a part; its value is undefined where there is none. */
export function within({ file, pointer, value }: Located, ...steps: readonly string[]): Located {
  let inner = value;
  for (const step of steps)
    inner =
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step) ? Reflect.get(inner, step) : undefined;
  return { file, pointer: pointer + pointerTo(...steps), value: inner };
}

/** Follows references from file to file, each of which is read once. */
export class References {
  readonly #files = new Map<string, JsonFile>();
  readonly #read: Read;

  constructor(read: Read) {
    this.#read = read;
  }

  /** Every file that was read. */
  get files(): readonly JsonFile[] {
    return [...this.#files.values()];
  }

  /** A whole file. @throws FileError */
  open(path: string): Located {
    const file = this.#files.get(path) ?? readJson(this.#read, path);
    this.#files.set(path, file);
    return { file, pointer: '', value: file.value };
  }

  /**
   * What a reference object (Resolver Module 2025.10, «Reference objects») stands for; anything else stands for itself.
   * Members beside `$ref` take the place of those of the same name.
   * @throws FileError for what is not there, leads back to itself, or would have to be fetched
   */
  followed(at: Located, from: readonly string[] = []): Located {
    if (!isMembers(at.value) || at.value.$ref === undefined) return at;
    const { $ref, ...beside } = at.value;
    const here = within(at, '$ref');
    const [path = '', fragment = ''] = typeof $ref === 'string' ? $ref.split('#') : [];
    if (typeof $ref !== 'string')
      throw wrong(here, 'A $ref is a text: the path of a file, a pointer behind #, or both.');
    if (/^\w+:\/\//.test($ref)) throw wrong(here, `${$ref} is not fetched: save it beside this file.`);
    const self = at.file.file + at.pointer;
    if (from.includes(self)) throw wrong(here, `${$ref} leads back to itself.`);
    const whole = path === '' ? this.open(at.file.file) : this.#beside(here, path);
    const target = within(whole, ...stepsOf(decoded(fragment).replace(/^(?!\/|$)/, '/')));
    if (target.value === undefined) throw wrong(here, `There is nothing at ${$ref}.`);
    if (path === '' && `${at.pointer}/`.startsWith(`${target.pointer}/`))
      throw wrong(here, `${$ref} holds this very reference.`);
    const found = this.followed(target, [...from, self]);
    if (Object.keys(beside).length === 0 || !isMembers(found.value)) return found;
    return { ...found, value: { ...found.value, ...beside } };
  }

  #beside(here: Located, path: string): Located {
    const file = join(dirname(here.file.file), decoded(path));
    try {
      return this.open(file);
    } catch (error) {
      const missing = error instanceof FileError && error.finding.line === undefined;
      throw missing ? wrong(here, `${file}: ${error.message}`) : error;
    }
  }
}

/** RFC 6901 §6; what is no percent-encoding stands as it is. */
function decoded(text: string): string {
  return URL.canParse(`x:/${text}`) && !/%(?![\da-f]{2})/i.test(text) ? decodeURIComponent(text) : text;
}
