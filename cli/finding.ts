import type { Scheme } from '../widget/theme/derived.ts';
import type { Faint } from '../widget/theme/pairs.ts';

/** Something in a file that does not hold, and where. */
export interface Finding {
  /** What it is about: the text as JSON, a token, or two colours that meet. */
  readonly kind: 'file' | 'token' | 'contrast';
  readonly file: string;
  /** From 1; absent where the file could not be read. */
  readonly line?: number;
  /** From 1, in UTF-16 units. */
  readonly column?: number;
  /** RFC 6901. */
  readonly pointer?: string;
  /** `befriend.color.accent`, where it is about one. */
  readonly token?: string;
  /** What was measured, where it is about two colours that meet. */
  readonly pair?: Faint & { readonly scheme: Scheme };
  /** What is wrong, and what there could be instead: a sentence. */
  readonly reason: string;
}

/** A file that cannot be understood as a whole: what stops at its first finding. */
export class FileError extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.reason);
    this.finding = finding;
  }
}
