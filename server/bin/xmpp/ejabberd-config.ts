import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XmppServerError } from './xmpp-server.ts';

/** What fills `ejabberd.yml.tmpl`. */
export interface EjabberdSettings {
  readonly friend: string;
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

/** What one connection may send per second where nobody says otherwise: far more than a person, less than a flood. */
export const defaultBytesPerSecond = 100_000;

/**
 * The folder `deploy/ejabberd`, from the sources or from the built package.
 *
 * @throws XmppServerError `bad_config` when it was not shipped.
 */
export function ejabberdDeployFolder(): string {
  const candidates = ['../../../deploy/ejabberd', '../../../../deploy/ejabberd'];
  const folders = candidates.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const folder = folders.find((path) => existsSync(join(path, 'ejabberd.yml.tmpl')));
  if (folder === undefined) {
    throw new XmppServerError('bad_config', 'The folder deploy/ejabberd is missing: install Befriend again.');
  }
  return folder;
}

/** The text of `ejabberd.yml`. @throws XmppServerError `bad_config` for a domain or origin that is none. */
export function ejabberdYml(settings: EjabberdSettings): string {
  const limited = settings.bytesPerSecond > 0;
  const rate = limited ? settings.bytesPerSecond : defaultBytesPerSecond;
  return fill(readFileSync(join(ejabberdDeployFolder(), 'ejabberd.yml.tmpl'), 'utf8'), {
    FRIEND: domain(settings.friend),
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
  return fill(readFileSync(join(ejabberdDeployFolder(), 'ejabberdctl.cfg.tmpl'), 'utf8'), {
    DIST_PORT: String(settings.distPort),
    PID_FILE: settings.pidFile,
    EBIN: settings.ebin,
  });
}

/**
 * The form in which browsers send an origin (RFC 6454 §6.2): `https://Example.com/` becomes `https://example.com`.
 *
 * @throws XmppServerError `bad_config` for what is not an http or https URL.
 */
export function webOrigin(text: string): string {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new XmppServerError('bad_config', `"${text}" is not a web origin: write https://example.com.`);
  }
  return url.origin;
}

function domain(text: string): string {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text)) {
    throw new XmppServerError('bad_config', `"${text}" is not a domain: use a–z, 0–9, "." and "-".`);
  }
  return text;
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template
    .split('\n')
    .map((line) => (line.trimStart().startsWith('#') ? line : fillLine(line, values)))
    .join('\n');
}

function fillLine(line: string, values: Readonly<Record<string, string>>): string {
  return line.replace(/@([A-Z0-9_]+)@/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new XmppServerError('bad_config', `${placeholder} has no value.`);
    return value;
  });
}
