import { parseArgs } from 'node:util';
import { buildWidget, filesOfFirstMessage, launcherOf, themeOf } from './size/built-files.ts';
import { firstMessage, openChromium } from './size/chatter.ts';
import { hostWidget } from './size/widget-host.ts';

/** Bytes of gzip that a page may be asked for: before the first intent, for a first message in all, and for a theme. */
const budgets = { launcherGzip: 3_000, totalGzip: 40_000, themeGzip: 2_500 } as const;

type Sizes = { [Name in keyof typeof budgets]: number };

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const files = buildWidget();
const needed = filesOfFirstMessage(files);
const launcherGzip = launcherOf(files).gzip.length;
const themeGzip = themeOf(files).gzip.length;
const summed = needed.reduce((bytes, file) => bytes + file.gzip.length, 0);
for (const { name, gzip } of needed) console.log(`${String(gzip.length).padStart(7)}  ${name}`);

/** What Chromium received; it has to be what was reckoned from the files, else the gate of `--check` is worth nothing. */
async function receivedByChromium(): Promise<number> {
  const host = await hostWidget(files);
  const browser = await openChromium();
  try {
    const { bodies, files: loaded, withHeaders } = await firstMessage(browser, host.page);
    console.log(`Chromium received ${bodies} bytes of bodies (${withHeaders} with headers) in ${loaded.join(', ')}.`);
    const expected = needed.map(({ name }) => name).sort();
    if (loaded.toSorted().join() !== expected.join()) {
      throw new Error(`Chromium loaded ${loaded.join(', ')}, but ${expected.join(', ')} were reckoned with.`);
    }
    return bodies;
  } finally {
    await browser.close();
    await host.close();
  }
}

const sizes: Sizes = { launcherGzip, totalGzip: values.check ? summed : await receivedByChromium(), themeGzip };
for (const [name, budget] of Object.entries(budgets)) {
  const size = sizes[name as keyof Sizes];
  if (size <= budget) continue;
  console.error(`${name} is ${size} bytes; the budget is ${budget}.`);
  process.exitCode = 1;
}
console.log(JSON.stringify(sizes));
