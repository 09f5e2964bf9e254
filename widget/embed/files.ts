import { Uploads } from '../core/uploads.ts';
import type { Files, FilesHost } from '../core/uploads-host.ts';
import { httpCarrier } from '../transport/carrier.ts';

/** What sends files: their bytes go to addresses beside the folder of `script`, as pictures come from there. */
export function filesBeside(script: string, host: FilesHost): Files {
  return new Uploads(
    host,
    httpCarrier((upload) => new URL(`../${upload}`, script).href),
  );
}
