import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { account, defaultBytesPerSecond, deployFolder, domain, fill, webOrigin } from './server-config.ts';
import { XmppServerError } from './xmpp-server.ts';

/** What fills `ejabberd.yml.tmpl`. */
export interface EjabberdSettings {
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
  /** Whether ejabberd finds the compiled `mod_befriend_fence`. */
  readonly compiledFence: boolean;
}

/** The text of `ejabberd.yml`. @throws XmppServerError `bad_config` for a domain, account or origin that is none. */
export function ejabberdYml(settings: EjabberdSettings): string {
  const limited = settings.bytesPerSecond > 0;
  const rate = limited ? settings.bytesPerSecond : defaultBytesPerSecond;
  return fill(readFileSync(join(deployFolder('ejabberd'), 'ejabberd.yml.tmpl'), 'utf8'), {
    FRIEND: domain(settings.friend),
    FRIEND_ACCOUNT: settings.friendAccount === undefined ? '' : `user: "${account(settings.friendAccount)}"`,
    VISITORS: domain(settings.visitorsHost),
    ACCOUNTS: domain(settings.accountsHost),
    ORIGINS: JSON.stringify(settings.origins.map(webOrigin)),
    IP: settings.ip,
    WS_PORT: String(settings.wsPort),
    COMPONENT_PORT: String(settings.componentPort),
    C2S_PORT: String(settings.clientPort),
    SECRET: settings.secret,
    RATE: String(rate),
    BURST: String(rate * 10),
    SHAPER: limited ? 'person' : 'none',
    FENCE: settings.compiledFence ? 'mod_befriend_fence: {access: from_friend}' : '',
  });
}

/** The text of `ejabberdctl.cfg`: a shell script that the launcher reads. */
export function ejabberdctlCfg(settings: {
  readonly distPort: number;
  readonly pidFile: string;
  readonly ebin: string;
}): string {
  const shelled = [settings.pidFile, settings.ebin].find((path) => /["$`\\\n]/.test(path));
  if (shelled !== undefined) {
    throw new XmppServerError('bad_config', `The data folder's name cannot be given to ejabberd: ${shelled}`);
  }
  return fill(readFileSync(join(deployFolder('ejabberd'), 'ejabberdctl.cfg.tmpl'), 'utf8'), {
    DIST_PORT: String(settings.distPort),
    PID_FILE: settings.pidFile,
    EBIN: settings.ebin,
  });
}
