import type { ServedFile } from './files.ts';

type Coding = 'br' | 'gzip';

/**
 * A file in the coding that the client prefers among ours (RFC 9110 §12.5.3), or 304 where it holds that already
 * (RFC 9110 §13.1.2).
 */
export function send(request: Request, file: ServedFile, headers: Readonly<Record<string, string>>): Response {
  const coding = codingFor(request.headers.get('Accept-Encoding') ?? '', file);
  const etag = coding === undefined ? `"${file.tag}"` : `"${file.tag}-${coding}"`;
  const common = { ...headers, ETag: etag, Vary: 'Accept-Encoding' };
  if (isHeld(request.headers.get('If-None-Match') ?? '', etag)) {
    return new Response(null, { status: 304, headers: common });
  }
  const body = (coding === undefined ? undefined : file[coding]?.()) ?? file.plain;
  const encoded = coding === undefined ? {} : { 'Content-Encoding': coding };
  return new Response(body, { headers: { ...common, ...encoded, 'Content-Type': file.type } });
}

function codingFor(accepted: string, file: ServedFile): Coding | undefined {
  const names = new Set(accepted.split(',').flatMap(acceptedCoding));
  return (['br', 'gzip'] as const).find((coding) => file[coding] !== undefined && names.has(coding));
}

/** The name of a coding that is not refused by `q=0`. */
function acceptedCoding(entry: string): string[] {
  const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
  return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [name];
}

/** Compared weakly: a proxy may have weakened the tag. */
function isHeld(condition: string, etag: string): boolean {
  return condition.split(',').some((entry) => entry.trim() === '*' || entry.trim().replace(/^W\//, '') === etag);
}
