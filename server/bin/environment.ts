import { join, resolve } from 'node:path';

/** A setting that cannot be used; the message is one line and says what to do. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

type Env = Readonly<Record<string, string | undefined>>;

/** The host of accounts on an XMPP server that we start. */
const accountsHost = 'localhost';

const xmppChoices = ['auto', 'native', 'prosody', 'docker', 'builtin'] as const;

/** The friend is a component of an XMPP server. */
export interface ComponentLink {
  /** The server's component port, `xmpp://host:port`. */
  readonly component: string;
  readonly secret: string;
  /** The WebSocket for browsers. */
  readonly service: string;
}

/** The friend logs in to an XMPP server that runs already. */
export interface AccountLink {
  /** The server's port for clients, `xmpp://host:port`. */
  readonly login: string;
  readonly password: string;
  /** The WebSocket for browsers. */
  readonly service: string;
}

/** What the site's tokens are checked with; none is taken where there is neither a secret nor a file of keys. */
export interface JwtSettings {
  readonly secret?: string;
  /** A file with public keys: a JWK Set or PEM. */
  readonly keys?: string;
  readonly audience: string;
  readonly issuer?: string;
}

/** Whose XMPP accounts are people, and which of them answer for the site. */
export interface AccountsSettings {
  /** Domains of accounts. */
  readonly hosts: readonly string[];
  /** Bare JIDs. */
  readonly colleagues: readonly string[];
}

/** Where people's files are kept, and how many. */
export interface FilesSettings {
  readonly folder: string;
  /** Of all users. */
  readonly diskBytes?: number;
  /** The friend's own web address, with a slash at its end: what links for other XMPP clients begin with. */
  readonly address?: string;
}

/** What `npm start` reads from its environment. */
export interface StartSettings {
  readonly port: number;
  /** auto: an installed ejabberd where it can be started, else the built-in server · or an address, `xmpp://host:port` */
  readonly xmpp: (typeof xmppChoices)[number] | { readonly component: string; readonly service: string } | AccountLink;
  readonly data: string;
  /** The friend's address: a domain, or the full JID of an account. */
  readonly friend: string;
  /** Web origins that may connect; every origin where empty. */
  readonly origins: readonly string[];
  readonly secret?: string;
  readonly jwt: JwtSettings;
  readonly accounts: AccountsSettings;
  /** A file with the keys of the HTTP API; there is no API where absent. */
  readonly apiKeys?: string;
  /** A folder for recordings of all that people do; nothing is recorded where absent. */
  readonly record?: string;
  /** Absent: nobody sends files. */
  readonly files?: FilesSettings;
  /** Where the XMPP server that is started listens; absent: the usual port, or a free one where that is taken. */
  readonly wsPort?: number;
  /** The port for ordinary XMPP clients; a free one where absent. */
  readonly clientPort?: number;
  readonly componentPort?: number;
}

/** A variable that is set to nothing counts as not set. @throws SettingError */
export function startSettings(environment: Env): StartSettings {
  const env: Env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const secret = env.BEFRIEND_SECRET;
  const friend = env.BEFRIEND_ACCOUNT === undefined ? domainOf(env) : accountOf(env, env.BEFRIEND_ACCOUNT);
  const xmpp = env.BEFRIEND_ACCOUNT === undefined ? xmppOf(env) : accountLinkOf(env);
  const data = resolve(env.BEFRIEND_DATA ?? '.befriend');
  return {
    port: portOf(env, 'PORT', 8080),
    xmpp,
    data,
    ...filesOf(env, data),
    ...(env.BEFRIEND_API_KEYS === undefined ? {} : { apiKeys: resolve(env.BEFRIEND_API_KEYS) }),
    ...(env.BEFRIEND_RECORD === undefined ? {} : { record: resolve(env.BEFRIEND_RECORD) }),
    friend,
    origins: originsOf(env),
    jwt: jwtOf(env, friend),
    accounts: accountsOf(env, friend, typeof xmpp === 'string'),
    ...(env.BEFRIEND_WS_PORT ? { wsPort: portOf(env, 'BEFRIEND_WS_PORT', 0) } : {}),
    ...(env.BEFRIEND_CLIENT_PORT ? { clientPort: portOf(env, 'BEFRIEND_CLIENT_PORT', 0) } : {}),
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

function jwtOf(env: Env, friend: string): JwtSettings {
  const { BEFRIEND_JWT_SECRET: secret, BEFRIEND_JWT_KEYS: keys, BEFRIEND_JWT_ISSUER: issuer } = env;
  const bytes = Buffer.byteLength(secret ?? '');
  if (secret !== undefined && bytes < 32) {
    throw new SettingError(`BEFRIEND_JWT_SECRET has ${bytes} bytes; set it to at least 32 random ones.`);
  }
  return {
    audience: env.BEFRIEND_JWT_AUDIENCE ?? friend,
    ...(secret === undefined ? {} : { secret }),
    ...(keys === undefined ? {} : { keys: resolve(keys) }),
    ...(issuer === undefined ? {} : { issuer }),
  };
}

/** The accounts of a server that we start are people; those of one that runs already are where it is said. */
function accountsOf(env: Env, friend: string, isOurs: boolean): AccountsSettings {
  const listed = (name: string): string[] => (env[name] ?? '').split(/[\s,]+/).filter((one) => one !== '');
  const named = listed('BEFRIEND_ACCOUNTS').map((host) => host.toLowerCase());
  const hosts = env.BEFRIEND_ACCOUNTS === undefined && isOurs ? [accountsHost] : named;
  const visitors = visitorsHostOf(friend);
  if (hosts.includes(visitors)) {
    throw new SettingError(
      `BEFRIEND_ACCOUNTS holds ${visitors}, where anybody is who he says; list hosts of accounts.`,
    );
  }
  const colleagues = listed('BEFRIEND_COLLEAGUES').map((jid) => jid.toLowerCase());
  const wrong = colleagues.find((jid) => !/^[^@\s/]+@[^@\s/]+$/.test(jid) || !hosts.includes(jid.replace(/^.*@/, '')));
  if (wrong === undefined) return { hosts, colleagues };
  throw new SettingError(
    `BEFRIEND_COLLEAGUES holds ${JSON.stringify(wrong)}; list accounts, kim@${hosts[0] ?? 'example.com'}, of hosts in BEFRIEND_ACCOUNTS.`,
  );
}

function filesOf(env: Env, data: string): { files?: FilesSettings } {
  const { BEFRIEND_FILES: folder, BEFRIEND_FILES_MB: room, BEFRIEND_ADDRESS: address } = env;
  if (room !== undefined && !/^[1-9]\d{0,8}$/.test(room)) {
    throw new SettingError(`BEFRIEND_FILES_MB is ${JSON.stringify(room)}; set it to megabytes of disk, 20000.`);
  }
  if (address !== undefined && !/^https?:\/\/[^\s?#]+$/.test(address)) {
    throw new SettingError(
      `BEFRIEND_ADDRESS is ${JSON.stringify(address)}; set it to the web address of the friend, https://friend.example.com/.`,
    );
  }
  if (folder === 'off') return {};
  return {
    files: {
      folder: folder === undefined ? join(data, 'files') : resolve(folder),
      ...(room === undefined ? {} : { diskBytes: Number(room) * 1_000_000 }),
      ...(address === undefined ? {} : { address: address.replace(/\/*$/, '/') }),
    },
  };
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

function accountOf(env: Env, address: string): string {
  const other = Object.entries(notWithAccount).find(([name, { when }]) => when.test(env[name] ?? ''));
  if (other !== undefined) {
    throw new SettingError(`BEFRIEND_ACCOUNT does not go with ${other[0]}: ${other[1].why}. Unset one of the two.`);
  }
  if (/^[a-z0-9._-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\/[\w.-]+$/.test(address)) return address;
  throw new SettingError(
    `BEFRIEND_ACCOUNT is ${JSON.stringify(address)}; set it to a full JID, friend@example.com/server.`,
  );
}

const alreadyRuns = { when: /./, why: 'an account logs in to an XMPP server that runs already' };

/** What an account rules out, where it is set to something that matches, and why. */
const notWithAccount: Readonly<Record<string, { readonly when: RegExp; readonly why: string }>> = {
  BEFRIEND_PUPPETS: { when: /./, why: 'an account speaks for itself only, puppets need a component' },
  BEFRIEND_STORE: { when: /^postgres/, why: 'an account is one process, PostgreSQL is for several' },
  BEFRIEND_FRIEND: { when: /./, why: 'the account is the address of the friend' },
  BEFRIEND_XMPP: alreadyRuns,
  BEFRIEND_SECRET: { when: /./, why: 'an account has a password, a component has a secret' },
  BEFRIEND_WS_PORT: alreadyRuns,
  BEFRIEND_CLIENT_PORT: alreadyRuns,
  BEFRIEND_COMPONENT_PORT: alreadyRuns,
};

function accountLinkOf(env: Env): AccountLink {
  const { BEFRIEND_ACCOUNT_SERVICE: login, BEFRIEND_ACCOUNT_PASSWORD: password, BEFRIEND_SERVICE: service } = env;
  if (password === undefined || service === undefined) {
    throw new SettingError(
      'BEFRIEND_ACCOUNT needs BEFRIEND_ACCOUNT_PASSWORD, and BEFRIEND_SERVICE (the address of the WebSocket for browsers).',
    );
  }
  if (login !== undefined && /^xmpp:\/\/[^/\s]+:\d+$/.test(login)) return { login, password, service };
  throw new SettingError(
    `BEFRIEND_ACCOUNT_SERVICE is ${JSON.stringify(login)}; set it to xmpp://HOST:PORT, the XMPP server's port for clients.`,
  );
}

/**
 * The host of anonymous visitors that belongs to a friend: the same domain with `visitors` as its first label, or, for
 * an account, `visitors.` before its domain.
 */
export function visitorsHostOf(friend: string): string {
  return friend.replace(/^(?:[^@/]*@|[^.]*\.)([^/]*).*$/, 'visitors.$1');
}

/** What the friend's own process is told by the one that starts it. */
export interface FriendSettings {
  readonly port: number;
  readonly data: string;
  readonly friend: string;
  readonly origins: readonly string[];
  /** Absent: no token of the site is taken. */
  readonly jwt?: JwtSettings;
  /** Absent: no account is anybody. */
  readonly accounts?: AccountsSettings;
  /** Absent: there is no HTTP API. */
  readonly apiKeys?: string;
  /** A folder for recordings of all that people do; nothing is recorded where absent. */
  readonly record?: string;
  /** Absent: nobody sends files. */
  readonly files?: FilesSettings;
  /** The XMPP server outside; absent: the built-in one in this process. */
  readonly xmpp?: ComponentLink | AccountLink;
  /** The first start makes an invite for a colleague. */
  readonly invite: boolean;
  /** The site's own logic is loaded again when its files are saved. */
  readonly dev?: boolean;
}

/** Settings travel to the friend's process as one variable. @throws SettingError */
export function friendSettings(env: Env): FriendSettings {
  if (env.BEFRIEND_SETTINGS === undefined) throw new SettingError('Start Befriend with npm start.');
  return JSON.parse(env.BEFRIEND_SETTINGS) as FriendSettings;
}
