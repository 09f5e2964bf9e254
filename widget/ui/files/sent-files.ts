import type { FileInfo } from '../../../protocol/extras.ts';

/** A file of a message as it is drawn: what is told of it and, of one's own that was just sent, its bytes. */
export interface ShownFile extends FileInfo {
  readonly blob?: Blob | undefined;
}

/** The files among what a message has beside its words, as far as they are any. */
export function filesIn(extras: unknown): readonly ShownFile[] {
  const { files } = Object(extras) as { readonly files?: unknown };
  return Array.isArray(files) ? files.filter(isFile) : [];
}

function isFile(file: unknown): file is ShownFile {
  const { id, name, type, size } = Object(file) as Record<string, unknown>;
  return typeof id === 'string' && typeof name === 'string' && typeof type === 'string' && typeof size === 'number';
}
