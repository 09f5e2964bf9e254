import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './tool.ts';

/** The public entries of the package: what is behind `befriend`, and where it lies in the source. */
export const entries = { befriend: '.', element: './element', theme: './theme' } as const;

/** The package's own package.json; what it is called and which version it is, is said by the project's. */
export function manifest(): object {
  const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, license } = project;
  const exported = Object.entries(entries).map(([entry, path]) => [
    path,
    { types: `./${entry}.d.ts`, default: `./${entry}.js` },
  ]);
  return {
    name,
    version,
    description: 'A chat widget for any web page: from a module, as an element, in your own look.',
    license,
    type: 'module',
    exports: {
      ...Object.fromEntries(exported),
      './custom-elements.json': './custom-elements.json',
      './package.json': './package.json',
    },
    bin: { befriend: './bin/befriend.js' },
    files: ['*.js', '*.d.ts', 'bin', 'custom-elements.json'],
    // What defines the element, which chunks of it no bundler may leave out.
    sideEffects: ['./element.js'],
    customElements: 'custom-elements.json',
    engines: { node: '>=20.19' },
    keywords: ['chat', 'widget', 'xmpp', 'web-component', 'design-tokens'],
  };
}
