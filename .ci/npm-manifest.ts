import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './tool.ts';

/** The public entries of the widget: the name of each one's file, and what it is imported as. */
export const widgetEntries = { befriend: '.', element: './element', theme: './theme' } as const;

/** The public entries for a site's own logic and its tests. */
export const serverEntries = { server: './server', testing: './testing' } as const;

/** What is shipped beside the entries: programs, what they serve, and what they tell an XMPP server. */
const folders = ['bin', 'browser', 'deploy', 'dist', 'pages', 'server'];

/** The package's own package.json; what it is called and which version it is, is said by the project's. */
export function manifest(): object {
  const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, license } = project;
  const ofWidget = Object.entries(widgetEntries).map(([entry, path]) => [
    path,
    { types: `./${entry}.d.ts`, default: `./${entry}.js` },
  ]);
  const ofServer = Object.entries(serverEntries).map(([entry, path]) => [
    path,
    { types: `./${entry}.d.ts`, browser: `./browser/${entry}.js`, default: `./${entry}.js` },
  ]);
  return {
    name,
    version,
    description: 'A chat widget for any web page, and the friend behind it: all chat logic in one TypeScript file.',
    license,
    type: 'module',
    exports: {
      ...Object.fromEntries([...ofWidget, ...ofServer]),
      './custom-elements.json': './custom-elements.json',
      './package.json': './package.json',
    },
    bin: { befriend: './bin/befriend.js' },
    files: ['*.js', '*.d.ts', ...folders, 'custom-elements.json'],
    // What defines the element, which chunks of it no bundler may leave out.
    sideEffects: ['./element.js'],
    customElements: 'custom-elements.json',
    // What it takes to bundle the widget; the friend needs 24, and says so.
    engines: { node: '>=20.19' },
    keywords: ['chat', 'widget', 'xmpp', 'web-component', 'chatbot', 'design-tokens'],
  };
}
