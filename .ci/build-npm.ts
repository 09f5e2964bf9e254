import './node-version.cjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildNpm } from './npm-package.ts';
import { root } from './tool.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist/npm') } } });

await buildNpm(values.out);
console.log(`${values.out}: npm pack ${values.out}`);
