import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Another chat widget, as its makers publish it on npm, put into a page as its manual says. */
export interface Peer {
  readonly name: string;
  /** Name and version on npm: nothing of it is a dependency of this project. */
  readonly packed: string;
  /** The module of a page that shows it; `PEER` stands for the folder of its package. */
  readonly page: string;
}

export const peers: readonly Peer[] = [
  {
    name: 'deep-chat',
    packed: 'deep-chat@2.4.2',
    page: `import 'PEER/dist/deepChat.bundle.js'; document.body.append(document.createElement('deep-chat'));`,
  },
  {
    name: '@botpress/webchat',
    packed: '@botpress/webchat@4.5.2',
    page: `import { createElement } from 'react'; import { createRoot } from 'react-dom/client';
import { Fab, Webchat } from 'PEER/dist/index.js';
const place = document.body.appendChild(document.createElement('div'));
createRoot(place).render([createElement(Fab, { key: 'fab' }), createElement(Webchat, { key: 'chat', clientId: 'none' })]);`,
  },
  {
    name: '@n8n/chat',
    packed: '@n8n/chat@1.37.0',
    page: `import 'PEER/dist/style.css'; import { createChat } from 'PEER/dist/chat.bundle.es.js';
createChat({ webhookUrl: location.origin + '/webhook' });`,
  },
  {
    name: 'converse.js',
    packed: 'converse.js@14.0.0',
    page: `import 'PEER/dist/converse.min.css'; import 'PEER/dist/converse.min.js';
window.converse.initialize({ view_mode: 'overlayed', bosh_service_url: location.origin + '/bosh', assets_path: '/dist/' });`,
  },
];

const cache = fileURLToPath(new URL('../../.cache/page-weight', import.meta.url));

/**
 * Fetches a peer from the npm registry where it is not there yet, and builds its page as a site would with Vite. Returns
 * the folder with `index.html`. @throws Error where the registry does not have it, or it does not build.
 */
export async function peerPage({ name, packed, page }: Peer): Promise<string> {
  const folder = join(cache, name.replaceAll(/\W+/g, '-'));
  const unpacked = join(folder, 'package');
  if (!existsSync(unpacked)) {
    mkdirSync(folder, { recursive: true });
    const [tarball = ''] = execFileSync('npm', ['pack', packed, '--silent'], { cwd: folder, encoding: 'utf8' }).split(
      '\n',
    );
    execFileSync('tar', ['xzf', tarball], { cwd: folder });
  }
  const html =
    '<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,"><body><p>Some text.</p>';
  writeFileSync(join(folder, 'index.html'), `${html}<script type="module" src="./page.js"></script></body></html>`);
  writeFileSync(join(folder, 'page.js'), page.replaceAll('PEER', './package'));
  await build({ root: folder, configFile: false, logLevel: 'error', build: { outDir: 'dist', emptyOutDir: true } });
  return join(folder, 'dist');
}
