import { RecordingHead, RecordingLine, recordingVersion } from '../core/recording.ts';

/** Lines that one recording may have, and the length of one: an event and what stands around it. */
const limits = { lines: 1_000_000, line: 131_072 } as const;

/** A recording that is none. */
export class RecordingFault extends Error {
  override readonly name = 'RecordingFault';
  /** From 1. */
  readonly line: number;

  constructor(line: number, reason: string) {
    super(`Line ${line} of the recording: ${reason}`);
    this.line = line;
  }
}

/** A recording that was read. */
export interface ReadRecording {
  /** When it began, milliseconds since 1970. */
  readonly at: number;
  readonly lines: readonly (RecordingLine & { readonly line: number })[];
}

/** Reads the text of a recording. @throws RecordingFault with the line and the reason */
export function readRecording(text: string): ReadRecording {
  const rows = text.split('\n');
  if (rows.length > limits.lines) throw new RecordingFault(limits.lines + 1, `there are at most ${limits.lines}.`);
  const head = RecordingHead.read(json(rows[0] ?? '', 1));
  if (head === undefined) throw new RecordingFault(1, 'expects the head, {"befriend":"recording","version":1,"at":…}.');
  if (head.version !== recordingVersion) {
    throw new RecordingFault(1, `is of version ${head.version}, and this kit reads version ${recordingVersion}.`);
  }
  let before = head.at;
  const lines = rows.flatMap((row, index) => {
    if (index === 0 || row.trim() === '') return [];
    const line = lineOf(row, index + 1);
    if (line.at < before)
      throw new RecordingFault(index + 1, 'is older than the line before it: lines stand in the order of time.');
    before = line.at;
    return [{ ...line, line: index + 1 }];
  });
  return { at: head.at, lines };
}

function lineOf(row: string, number: number): RecordingLine {
  const line = RecordingLine.read(json(row, number));
  const { action, by, stored, who } = line ?? {};
  const kinds = [who, stored, action !== undefined && by !== undefined].filter(Boolean).length;
  if (line === undefined || kinds !== 1) {
    throw new RecordingFault(number, 'expects at, and one of who, stored, or by and action.');
  }
  return line;
}

function json(row: string, number: number): unknown {
  if (row.length > limits.line) throw new RecordingFault(number, `is longer than ${limits.line} characters.`);
  try {
    return JSON.parse(row);
  } catch {
    throw new RecordingFault(number, 'is no JSON.');
  }
}
