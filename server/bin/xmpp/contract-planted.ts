import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEjabberd } from './ejabberd.ts';
import { findEjabberd } from './ejabberd-binary.ts';
import { prepareFolder, writePrivateFile } from './server-folder.ts';
import type { XmppServer, XmppServerOptions } from './xmpp-server.ts';

/**
 * Starts an ejabberd as the product configures it, but for a `change` to its `ejabberd.yml`.
 * @throws XmppServerError as `startEjabberd`, and what `change` throws
 */
export async function startPlanted(options: XmppServerOptions, change: (yml: string) => string): Promise<XmppServer> {
  const server = await startEjabberd(options);
  try {
    const { owner } = findEjabberd();
    const path = join(prepareFolder(options.dataDir, 'ejabberd', owner).config, 'ejabberd.yml');
    writePrivateFile(path, change(readFileSync(path, 'utf8')), owner);
    await server.restart?.();
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
