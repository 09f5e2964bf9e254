import type { FileInfo } from '../../protocol/extras.ts';

/** A file that was chosen and made ready to be sent. */
export interface Outgoing {
  /** One line of at most 200 UTF-16 units, without slashes. */
  readonly name: string;
  /** A media type without parameters. */
  readonly type: string;
  readonly blob: Blob;
  /** Of a picture, pixels as it is shown. */
  readonly width?: number;
  readonly height?: number;
}

/** A file of a message that waits: what is told of it, and its bytes. It is kept like this beside its action. */
export interface WaitingFile extends FileInfo {
  readonly blob: Blob;
}

/** What a person may wish of files, beside sending them. Nothing: what sends them is made ready. */
export interface FilesWish {
  /** One file of a message on its way is not wanted any more; with the last one goes a message without words. */
  readonly cancel?: { readonly message: string; readonly file: string };
}

/** What an upload came to. */
export interface Put {
  /** Of HTTP (RFC 9110 §15). */
  readonly status: number;
  /** Bytes that the friend has, where he says it. */
  readonly at?: number;
  /** All bytes are there, and the file may be named in a message. */
  readonly complete: boolean;
  /** Milliseconds. */
  readonly retryAfter?: number;
}

/** How bytes reach the friend, beside the stream. */
export interface Carrier {
  /**
   * Puts what follows byte `at` of `blob` to `upload`, an address that the friend has granted; with nothing left, it says
   * that all is there. `progress` is told how many bytes have left in all.
   * @throws whatever ends it without an answer: a cut, or `signal`
   */
  put(upload: string, blob: Blob, at: number, signal: AbortSignal, progress: (there: number) => void): Promise<Put>;
  /** Runs `task` while no other tab of this browser runs one of this name. @throws what `signal` was aborted with */
  alone(name: string, signal: AbortSignal, task: () => Promise<void>): Promise<void>;
}
