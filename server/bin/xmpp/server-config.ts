import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { XmppServerError } from './xmpp-server.ts';

/** What one connection may send per second where nobody says otherwise: far more than a person, less than a flood. */
export const defaultBytesPerSecond = 100_000;

/**
 * The folder `deploy/NAME`, from the sources or from the built package.
 *
 * @throws XmppServerError `bad_config` when it was not shipped.
 */
export function deployFolder(name: 'ejabberd' | 'prosody'): string {
  const candidates = ['../../../deploy', '../../deploy'];
  const folders = candidates.map((path) => join(import.meta.dirname, path, name));
  const folder = folders.find(existsSync);
  if (folder === undefined) {
    throw new XmppServerError('bad_config', `The folder deploy/${name} is missing: install Befriend again.`);
  }
  return folder;
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

/** @throws XmppServerError `bad_config` for what could change the configuration around it. */
export function domain(text: string): string {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text)) {
    throw new XmppServerError('bad_config', `"${text}" is not a domain: use a–z, 0–9, "." and "-".`);
  }
  return text;
}

/** The bare JID of a full one. @throws XmppServerError `bad_config` for what could change the configuration around it. */
export function account(fullJid: string): string {
  const [, bare] = /^([a-z0-9._-]+@[a-z0-9.-]+)\/[^/]+$/.exec(fullJid) ?? [];
  if (bare === undefined) {
    throw new XmppServerError('bad_config', `"${fullJid}" is not the full JID of an account: NAME@DOMAIN/RESOURCE.`);
  }
  return bare;
}

/** Replaces each `@NAME@` outside of comments, which begin a line with `#` or `--`. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template
    .split('\n')
    .map((line) => (/^\s*(#|--)/.test(line) ? line : fillLine(line, values)))
    .join('\n');
}

function fillLine(line: string, values: Readonly<Record<string, string>>): string {
  return line.replace(/@([A-Z0-9_]+)@/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new XmppServerError('bad_config', `${placeholder} has no value.`);
    return value;
  });
}
