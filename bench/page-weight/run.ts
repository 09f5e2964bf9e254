import { parseArgs } from 'node:util';
import { median, rounded } from '../routing/pairs.ts';
import { buildWidget } from '../size/built-files.ts';
import { openChromium } from '../size/chatter.ts';
import { hostWidget } from '../size/widget-host.ts';
import { peerPage, peers } from './peers.ts';
import { serveFolder } from './serve.ts';
import { visit, type Weight } from './visit.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });

/** A page that is visited, and what shows that its widget is there. */
interface Page {
  readonly name: string;
  readonly page: string;
  readonly shows: string;
  close(): unknown;
}

const own = await hostWidget(buildWidget());
const pages: Page[] = [
  { name: 'nothing', ...(await serveFolder(new URL('empty', import.meta.url).pathname)), shows: 'p' },
  { name: 'befriend', page: own.page, shows: 'befriend-chat', close: own.close },
];
for (const peer of peers) {
  const shows = peer.name === 'deep-chat' ? 'deep-chat' : 'body > :not(p, script)';
  pages.push({ name: peer.name, ...(await serveFolder(await peerPage(peer))), shows });
}

const browser = await openChromium();
const weights = new Map<string, Weight[]>(pages.map(({ name }) => [name, []]));
try {
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const { name, page, shows } of pages) weights.get(name)?.push(await visit(browser, page, shows));
  }
} finally {
  await browser.close();
  for (const { close } of pages) await close();
}

/** Medians over the rounds; times without what the empty page takes. */
const of = (name: string, key: keyof Weight): number => median((weights.get(name) ?? []).map((weight) => weight[key]));
const rows = pages.map(({ name }) => ({
  name,
  kilobytes: rounded(of(name, 'bytes') / 1_000),
  requests: of(name, 'requests'),
  mainMs: Math.round(of(name, 'mainMs') - (name === 'nothing' ? 0 : of('nothing', 'mainMs'))),
  scriptMs: Math.round(of(name, 'scriptMs') - (name === 'nothing' ? 0 : of('nothing', 'scriptMs'))),
  longestMs: Math.round(of(name, 'longestMs')),
}));
console.table(rows);
console.log(JSON.stringify(Object.fromEntries(rows.map(({ name, ...figures }) => [name, figures]))));
const ours = rows.find(({ name }) => name === 'befriend');
if (ours === undefined || ours.mainMs > 30 || ours.longestMs > 50) {
  console.error('Before the click the widget may take 30 ms of the main thread, and no task of 50 ms.');
  process.exitCode = 1;
}
