import type { Hono } from 'hono';
import { filesIn, type ServedFile, servedPlain } from './files.ts';
import { send } from './send.ts';

/** A page of the product's own that is built: where it is, and how it comes there. */
export interface BuiltPage {
  /** Where it is served: `/studio`. */
  readonly path: string;
  /** What it is called where it is not there yet: `theme studio`. */
  readonly name: string;
  /** What it may do, as a Content Security Policy; that of every page where absent. */
  readonly policy?: string;
  /** A part of it is a frame with an origin of its own, which may load the files of the page. */
  readonly framed?: boolean;
  readonly folder: string;
  /** Sees to it that the folder holds what its source says. */
  readonly build: () => Promise<unknown>;
  /** Why it could not: for the log, and not for everybody. */
  readonly failed: (error: unknown) => void;
}

/** How long a page waits for a build before it says that there is one, ms. */
const patience = 500;
/** How long after a build that failed none is tried, ms. */
const pause = 10_000;

/**
 * Serves a built page at its path and a slash. It is built when it is asked for first: a start does not wait for it, and
 * neither does the friend. Until it is there a page says so, and comes again. `filled` puts addresses into its HTML.
 */
export function builtPageRoutes(
  app: Hono,
  { path: place, name, framed, folder, build, failed }: BuiltPage,
  headers: Readonly<Record<string, string>>,
  filled: (file: ServedFile, origin: string) => ServedFile = (file) => file,
): void {
  const shared: Readonly<Record<string, string>> = framed ? { 'Access-Control-Allow-Origin': '*' } : {};
  let files: ReadonlyMap<string, ServedFile> | undefined;
  let building: Promise<void> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  const look = async (): Promise<void> => {
    try {
      await build();
      files = filesIn(folder);
    } catch (error) {
      failedAt = Date.now();
      failed(error);
    }
    building = undefined;
  };

  app.get(place, (context) => context.redirect(`${place}/`, 301));

  app.get(`${place}/again.js`, (context) => send(context.req.raw, again, { 'Cache-Control': 'no-cache' }));

  app.get(`${place}/*`, async (context) => {
    const { pathname, origin } = new URL(context.req.url);
    const path = pathname.slice(place.length + 1) || 'index.html';
    if (files === undefined && Date.now() - failedAt > pause) {
      building ??= look();
      await Promise.race([building, new Promise((resolve) => setTimeout(resolve, patience))]);
    }
    if (path === 'index.html' && files === undefined) {
      return context.body(building === undefined ? brokenOf(name) : waitingOf(name), 503, {
        ...headers,
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Retry-After': '1',
      });
    }
    const file = files?.get(path);
    if (file === undefined) return context.notFound();
    const isHtml = file.type.startsWith('text/html');
    return send(
      context.req.raw,
      isHtml ? filled(file, origin) : file,
      isHtml ? { ...headers, 'Cache-Control': 'no-cache' } : { ...shared, 'Cache-Control': immutable },
    );
  });
}

/** The names of its files change with what is in them. */
const immutable = 'public, max-age=31536000, immutable';

/** A refresh of a page whose address has a fragment loads nothing, and one-time tokens stand there. */
const again = servedPlain(
  'text/javascript; charset=utf-8',
  Buffer.from('setTimeout(() => location.reload(), 1000);\n'),
);

function waitingOf(name: string): string {
  return page(
    `The ${name} is being built`,
    'It takes a few seconds, once. This page comes again by itself.',
    '<script src="again.js"></script><noscript><meta http-equiv="refresh" content="1"></noscript>',
  );
}

function brokenOf(name: string): string {
  return page(
    `The ${name} could not be built`,
    'The friend’s log says why. Mend that and open this page again in a while.',
  );
}

function page(title: string, text: string, more = ''): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    ${more}
    <title>${title}</title>
    <link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/brand.css">
  </head>
  <body>
    <main class="wrap"><h1>${title}</h1><p>${text}</p></main>
  </body>
</html>
`;
}
