import { limits } from '../../protocol/limits.ts';
import type { FileRow } from './rows.ts';

/** How much of files a friend takes. Sizes are bytes. */
export interface FileBounds {
  readonly fileBytes: number;
  /** Of one user: what no message has, and all. */
  readonly waitingBytes: number;
  readonly keptBytes: number;
  /** Of all users. */
  readonly diskBytes: number;
  /** New files that one user may offer. */
  readonly offersPerMinute: number;
  /** Files whose bytes come at one time: of one user, and of all. */
  readonly atOnce: number;
  readonly atOnceOfAll: number;
}

/** What holds where a site says nothing else. */
export const fileBounds: FileBounds = {
  fileBytes: limits.fileBytes,
  waitingBytes: 262_144_000,
  keptBytes: 2_147_483_648,
  diskBytes: 21_474_836_480,
  offersPerMinute: 60,
  atOnce: 6,
  atOnceOfAll: 64,
};

/** How long a file may be offered and not be sent, milliseconds. */
export const unsentHolds = 86_400_000;

/** Bytes that come: from `at` on, up to `end` where that is said, of `size` where that is said. */
export interface Coming {
  readonly at: number;
  readonly end?: number;
  readonly size?: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * forged: the address is not ours, or ran out · gone: there is no such file · wrong: not the size that was offered ·
 * misplaced: the bytes do not begin where the file ends · long: more than was offered · broken: a picture that nobody can
 * look into · quota: more than this user may have · stalled: too little came · busy: too many of this user's at once ·
 * crowded: of all · full: the disk is
 */
export type FileRefusal =
  | 'forged'
  | 'gone'
  | 'wrong'
  | 'misplaced'
  | 'long'
  | 'broken'
  | 'quota'
  | 'stalled'
  | 'busy'
  | 'crowded'
  | 'full';

/** `at`: bytes that are on the disk; where `isWhole`, a message may name the file. */
export type Taken =
  | { readonly at: number; readonly isWhole: boolean; readonly refused?: undefined }
  | { readonly refused: FileRefusal; readonly at?: number };

/** A file that is there, and its bytes from `from` up to `to`. */
export interface Given {
  readonly file: FileRow;
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** Where the bytes of files go in and out. Who comes is known by his signed address and by nothing else. */
export interface FileDoor {
  /** How much of a file is there; finishes what is all there. */
  look(id: string, signature: string): Promise<Taken>;
  /** Rejects as `coming.chunks` does, with what came before that on the disk. */
  take(id: string, signature: string, coming: Coming): Promise<Taken>;
  /** Undefined where there is no such file for this address; `forged` where the address is not ours or ran out. */
  give(id: string, signature: string): Promise<Given | 'forged' | undefined>;
}
