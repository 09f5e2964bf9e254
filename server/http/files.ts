import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A file as it is served: read once, and compressed once, when it is asked for first. */
export interface ServedFile {
  readonly type: string;
  readonly plain: Buffer<ArrayBuffer>;
  readonly gzip?: () => Buffer<ArrayBuffer>;
  readonly br?: () => Buffer<ArrayBuffer>;
  /** What the entity tags of its codings begin with: each coding is a representation of its own (RFC 9110 §8.8.3). */
  readonly tag: string;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Smaller by themselves than any coding makes them. */
const packed = /^image\/(png|jpeg|webp)$|^font\//;

/** Every file below `folder` by its path, `shop/shop.css`. Whatever is not in here cannot be asked for. */
export function filesIn(folder: string): Map<string, ServedFile> {
  const files = new Map<string, ServedFile>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    const type = types[extname(name)];
    if (type !== undefined && statSync(path).isFile()) {
      files.set(relative(folder, path).split(sep).join('/'), served(type, readFileSync(path)));
    }
  }
  return files;
}

/** Prepares a body for serving, compressed where that is worth it. */
export function served(type: string, plain: Buffer<ArrayBuffer>): ServedFile {
  const file = servedPlain(type, plain);
  if (plain.length < 512 || packed.test(type)) return file;
  return {
    ...file,
    gzip: once(() => gzipSync(plain, { level: 9 })),
    br: once(() => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Prepares a body that is made for one request: compressing it would cost more than it saves. */
export function servedPlain(type: string, plain: Buffer<ArrayBuffer>): ServedFile {
  return { type, plain, tag: createHash('sha256').update(plain).digest('base64url').slice(0, 22) };
}
