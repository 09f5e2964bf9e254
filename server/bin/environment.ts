import { resolve } from 'node:path';

/** A setting that cannot be used; the message is one line and says what to do. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

type Env = Readonly<Record<string, string | undefined>>;

const xmppChoices = ['auto', 'native', 'prosody', 'docker', 'builtin'] as const;

/** What `npm start` reads from its environment. */
export interface StartSettings {
  readonly port: number;
  /** auto: an installed ejabberd where it can be started, else the built-in server · or an address, `xmpp://host:port` */
  readonly xmpp: (typeof xmppChoices)[number] | { readonly component: string; readonly service: string };
  readonly data: string;
  readonly friend: string;
  /** Web origins that may connect; every origin where empty. */
  readonly origins: readonly string[];
  readonly secret?: string;
  /** Where the XMPP server that is started listens; absent: the usual port, or a free one where that is taken. */
  readonly wsPort?: number;
  readonly componentPort?: number;
}

/** A variable that is set to nothing counts as not set. @throws SettingError */
export function startSettings(environment: Env): StartSettings {
  const env: Env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const secret = env.BEFRIEND_SECRET;
  return {
    port: portOf(env, 'PORT', 8080),
    xmpp: xmppOf(env),
    data: resolve(env.BEFRIEND_DATA ?? '.befriend'),
    friend: domainOf(env),
    origins: originsOf(env),
    ...(env.BEFRIEND_WS_PORT ? { wsPort: portOf(env, 'BEFRIEND_WS_PORT', 0) } : {}),
    ...(env.BEFRIEND_COMPONENT_PORT ? { componentPort: portOf(env, 'BEFRIEND_COMPONENT_PORT', 0) } : {}),
    ...(secret === undefined ? {} : { secret }),
  };
}

function portOf(env: Env, name: string, otherwise: number): number {
  const text = env[name];
  const port = text === undefined ? otherwise : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new SettingError(`${name} is ${JSON.stringify(text)}; set it to a port from 0 (any free one) to 65535.`);
}

function domainOf(env: Env): string {
  const domain = env.BEFRIEND_FRIEND ?? 'friend.localhost';
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)) return domain;
  throw new SettingError(`BEFRIEND_FRIEND is ${JSON.stringify(domain)}; set it to a domain, friend.example.com.`);
}

function originsOf(env: Env): string[] {
  const origins = (env.BEFRIEND_ORIGINS ?? '').split(/[\s,]+/).filter((origin) => origin !== '');
  const wrong = origins.find((origin) => !/^https?:\/\/[^/\s]+$/.test(origin));
  if (wrong === undefined) return origins;
  throw new SettingError(`BEFRIEND_ORIGINS holds ${JSON.stringify(wrong)}; list origins, https://example.com.`);
}

function xmppOf(env: Env): StartSettings['xmpp'] {
  const choice = env.BEFRIEND_XMPP ?? 'auto';
  const known = xmppChoices.find((name) => name === choice);
  if (known !== undefined) return known;
  const service = env.BEFRIEND_SERVICE;
  if (/^xmpp:\/\/[^/\s]+:\d+$/.test(choice) && service !== undefined && env.BEFRIEND_SECRET !== undefined) {
    return { component: choice, service };
  }
  throw new SettingError(
    `BEFRIEND_XMPP is ${JSON.stringify(choice)}; set it to ${xmppChoices.join(', ')}, or to xmpp://HOST:PORT together with BEFRIEND_SECRET and BEFRIEND_SERVICE (the WebSocket's address).`,
  );
}

/** What the friend's own process is told by the one that starts it. */
export interface FriendSettings {
  readonly port: number;
  readonly data: string;
  readonly friend: string;
  readonly origins: readonly string[];
  /** The XMPP server outside; absent: the built-in one in this process. */
  readonly xmpp?: { readonly component: string; readonly secret: string; readonly service: string };
  /** The first start makes an invite for a colleague. */
  readonly invite: boolean;
}

/** Settings travel to the friend's process as one variable. @throws SettingError */
export function friendSettings(env: Env): FriendSettings {
  if (env.BEFRIEND_SETTINGS === undefined) throw new SettingError('Start Befriend with npm start.');
  return JSON.parse(env.BEFRIEND_SETTINGS) as FriendSettings;
}
