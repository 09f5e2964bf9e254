import { Hono } from 'hono';
import type { FileDoor } from '../core/file-door.ts';
import type { FriendStatus } from '../core/friend-options.ts';
import { picturePath, pictureType } from '../core/picture.ts';
import { type ApiOptions, apiRoutes } from './api.ts';
import { type BuiltPage, builtPageRoutes } from './built-page.ts';
import { fileRoutes } from './file-routes.ts';
import { filesIn, type ServedFile, servedPlain } from './files.ts';
import { send } from './send.ts';

export interface HttpOptions {
  /** Folder of the built widget, served at `/befriend/`. */
  readonly widget: string;
  /** Folder of the demo pages; none are served where absent. */
  readonly pages?: string;
  /** A site's own pages by their paths, `index.html`; they come before the demo's, with the same addresses filled in. */
  readonly site?: () => ReadonlyMap<string, ServedFile>;
  /** Pages that are built when they are first asked for. */
  readonly built?: readonly BuiltPage[];
  readonly friend: string;
  /** The XMPP server's WebSocket for pages opened at this origin. */
  readonly service: (origin: string) => string;
  readonly status: () => FriendStatus;
  /** A person's own picture in base64, by what stands behind `avatar/`. */
  readonly picture: (key: string) => Promise<string | undefined>;
  /** Where the bytes of files go in and out; no files are served where absent. */
  readonly files?: FileDoor;
  /** What the site's own back end can do; there is no API where absent. */
  readonly api?: ApiOptions;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
}

/** Addresses of the demo that are not paths of files. */
const addresses: Readonly<Record<string, string>> = {
  '/': 'shop/index.html',
  '/people': 'people/index.html',
  '/support': 'support/index.html',
};

const immutable = 'public, max-age=31536000, immutable';

/** What a demo page may do; it is also a page that the widget must be able to live in. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws: wss:; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

/** A picture that somebody has uploaded is a picture and nothing else, also when it is opened by itself. */
const picturePolicy = "default-src 'none'; sandbox";

/** The friend's web side: the built widget for every page, the demo, health and metrics. */
export function httpApp(options: HttpOptions): Hono {
  const app = new Hono();
  const widget = filesIn(options.widget);
  const pages = options.pages === undefined ? new Map<string, ServedFile>() : filesIn(options.pages);

  app.use(async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'strict-origin-when-cross-origin');
  });

  app.get('/healthz', (context) => {
    const { link, store, connections } = options.status();
    const ok = link.state === 'up' && store.writable;
    context.header('Cache-Control', 'no-store');
    return context.json({ status: ok ? 'ok' : 'degraded', xmpp: link, store, connections }, ok ? 200 : 503);
  });

  app.get('/metrics', async (context) => {
    const { type, text } = await options.metrics();
    context.header('Cache-Control', 'no-store');
    return context.body(text, 200, { 'Content-Type': type });
  });

  app.get('/befriend/:name', (context) => {
    const name = context.req.param('name');
    const file = widget.get(name);
    if (file === undefined) return context.notFound();
    return send(context.req.raw, file, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Timing-Allow-Origin': '*',
      'Cache-Control': name === 'befriend.js' ? 'no-cache' : immutable,
    });
  });

  app.get(`/${picturePath}:key{[0-9a-f]{64}}`, async (context) => {
    const key = context.req.param('key');
    const base64 = await options.picture(key);
    const type = pictureType(base64 ?? '');
    if (base64 === undefined || type === undefined) return context.notFound();
    const file = servedPlain(type, Buffer.from(base64, 'base64'));
    return send(context.req.raw, file, {
      'Cache-Control': immutable,
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Security-Policy': picturePolicy,
    });
  });

  if (options.api !== undefined) apiRoutes(app, options.api);

  if (options.files !== undefined) fileRoutes(app, options.files);

  // What stands behind the # of an older one-time link goes along.
  app.get('/colleague', (context) => context.redirect('/inbox/', 301));

  for (const page of options.built ?? []) {
    const headers = { 'Content-Security-Policy': page.policy ?? pagePolicy };
    builtPageRoutes(app, page, headers, (file, origin) => filled(file, origin, options));
  }

  app.get('*', (context) => {
    const { pathname, origin } = new URL(context.req.url);
    const own = options.site?.().get(`${pathname.slice(1)}${pathname.endsWith('/') ? 'index.html' : ''}`);
    if (own !== undefined) {
      const file = own.type.startsWith('text/html') ? filled(own, origin, options) : own;
      return send(context.req.raw, file, { 'Cache-Control': 'no-cache' });
    }
    const plain = pathname.replace(/(?<=.)\/$/, '');
    if (plain !== pathname && plain in addresses) return context.redirect(plain, 301);
    const file = pages.get(addresses[pathname] ?? pathname.slice(1));
    if (file === undefined) return context.notFound();
    const headers = { 'Cache-Control': 'no-cache', 'Content-Security-Policy': pagePolicy };
    return send(context.req.raw, file.type.startsWith('text/html') ? filled(file, origin, options) : file, headers);
  });

  return app;
}

/** A page with the addresses that its tag needs, absolute, so that the tag works when it is copied elsewhere. */
function filled(file: ServedFile, origin: string, { friend, service }: HttpOptions): ServedFile {
  const values: Readonly<Record<string, string>> = { ORIGIN: origin, FRIEND: friend, SERVICE: service(origin) };
  const html = file.plain.toString('utf8').replace(/@(ORIGIN|FRIEND|SERVICE)@/g, (_, name: string) => {
    return (values[name] ?? '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  });
  return servedPlain(file.type, Buffer.from(html));
}
