import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { account, defaultBytesPerSecond, deployFolder, domain, fill, webOrigin } from './server-config.ts';
import { XmppServerError } from './xmpp-server.ts';

/** What fills `prosody.cfg.lua.tmpl`. */
export interface ProsodySettings {
  readonly friend: string;
  /** The friend's full JID, where it logs in as an account. */
  readonly friendAccount?: string;
  readonly visitorsHost: string;
  readonly accountsHost: string;
  readonly origins: readonly string[];
  readonly ip: string;
  readonly wsPort: number;
  readonly componentPort: number;
  readonly clientPort: number;
  readonly secret: string;
  /** Bytes per second of one connection; 0 is no limit. */
  readonly bytesPerSecond: number;
  /** The folder with accounts, and those of the modules, and the file of the log. */
  readonly spool: string;
  readonly modules: string;
  readonly logFile: string;
}

/** The modules of ours that Prosody loads: files of `deploy/prosody`. */
export const prosodyModules = [
  'mod_befriend_fence.lua',
  'mod_befriend_origins.lua',
  'mod_befriend_silence.lua',
] as const;

/** The text of `prosody.cfg.lua`. @throws XmppServerError `bad_config` for a domain, account, origin or folder that cannot be. */
export function prosodyCfg(settings: ProsodySettings): string {
  const limited = settings.bytesPerSecond > 0;
  return fill(readFileSync(join(deployFolder('prosody'), 'prosody.cfg.lua.tmpl'), 'utf8'), {
    FRIEND: domain(settings.friend),
    FRIEND_ACCOUNT: settings.friendAccount === undefined ? 'nil' : luaString(account(settings.friendAccount)),
    VISITORS: domain(settings.visitorsHost),
    ACCOUNTS: domain(settings.accountsHost),
    ORIGINS: settings.origins.map((origin) => luaString(webOrigin(origin))).join(', '),
    IP: settings.ip,
    WS_PORT: String(settings.wsPort),
    COMPONENT_PORT: String(settings.componentPort),
    C2S_PORT: String(settings.clientPort),
    SECRET: settings.secret,
    LIMITS: limited ? ', "limits"' : '',
    RATE: String(limited ? settings.bytesPerSecond : defaultBytesPerSecond),
    SPOOL: luaString(settings.spool),
    MODULES: luaString(settings.modules),
    LOG: luaString(settings.logFile),
  });
}

function luaString(text: string): string {
  if (/\p{Cc}/u.test(text)) {
    throw new XmppServerError('bad_config', `This name cannot be given to Prosody: ${JSON.stringify(text)}`);
  }
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
