import { type Arrow, type Box, drawSvg } from './draw-svg.ts';
import type { Flow } from './flow.ts';
import { type Step, type StepKind, waysOf } from './step.ts';
import { type Words, wordsOf } from './words.ts';

/** How a drawing is made. */
export interface Drawing {
  /** `svg`: a picture with its own layout, in the colour of the text around it. `mermaid`: text for documents. */
  readonly format: 'svg' | 'mermaid';
  /** Of the words in it, BCP 47; `en` where absent. */
  readonly language?: string;
}

/** Characters of what is said that a box shows. */
const shown = 40;

/** Draws a flow. The same flow gives the same drawing; steps that do not exist are left out. */
export function drawFlow(flow: Flow, { format, language = 'en' }: Drawing): string {
  const boxes = Object.entries(flow.steps).map(
    ([name, one]): Box => ({ name, kind: one.kind, words: shortened(wordsIn(one), language) }),
  );
  const arrows = Object.entries(flow.steps).flatMap(([from, one]) =>
    joinedWays(one).flatMap(({ to, when }): Arrow[] => (Object.hasOwn(flow.steps, to) ? [{ from, to, when }] : [])),
  );
  return format === 'svg' ? drawSvg(flow, boxes, arrows) : drawMermaid(flow, boxes, arrows);
}

/** Ways to the same step are one arrow. */
function joinedWays(one: Step): { readonly to: string; readonly when: string }[] {
  const ways = new Map<string, string[]>();
  for (const { to, when } of waysOf(one)) ways.set(to, [...(ways.get(to) ?? []), when]);
  return [...ways].map(([to, whens]) => ({ to, when: whens.filter((when) => when !== '').join(', ') }));
}

function wordsIn(one: Step): Words {
  if ('ask' in one) return one.ask;
  return 'say' in one && one.say !== undefined ? one.say : '';
}

function shortened(words: Words, language: string): string {
  // Names of values stay as they are written.
  const text = wordsOf(words, { language, fallback: 'en' }, keepNames).replace(/\s+/g, ' ');
  return text.length > shown ? `${text.slice(0, shown - 1)}…` : text;
}

/** Stands for values that are not known: each is its own name. */
const keepNames: Readonly<Record<string, string>> = new Proxy(
  {},
  {
    get: (_, name) => `{${String(name)}}`,
    getOwnPropertyDescriptor: (_, name) => ({ configurable: true, enumerable: true, value: `{${String(name)}}` }),
  },
);

/** Shapes by what a step does: a question leans, a decision is a diamond, an end is round. */
const shapes: Readonly<Record<StepKind, readonly [string, string]>> = {
  say: ['[', ']'],
  text: ['[/', '/]'],
  choice: ['[/', '/]'],
  form: ['[/', '/]'],
  file: ['[/', '/]'],
  branch: ['{', '}'],
  hours: ['{', '}'],
  call: ['[[', ']]'],
  handOff: ['([', '])'],
  end: ['([', '])'],
};

function drawMermaid(flow: Flow, boxes: readonly Box[], arrows: readonly Arrow[]): string {
  const id = (name: string): string => `s${boxes.findIndex((box) => box.name === name)}`;
  const quoted = (text: string): string => `"${text.replace(/[&<>"#]/g, (sign) => `#${sign.charCodeAt(0)};`)}"`;
  const nodes = boxes.map(({ name, kind, words }) => {
    const [open, close] = shapes[kind];
    return `  ${id(name)}${open}${quoted(`${name} · ${kind}`).slice(0, -1)}${words === '' ? '' : `<br>${quoted(words).slice(1, -1)}`}"${close}`;
  });
  const edges = arrows.map(
    ({ from, to, when }) => `  ${id(from)} -->${when === '' ? '' : `|${quoted(when)}|`} ${id(to)}`,
  );
  const start = Object.hasOwn(flow.steps, flow.start) ? [`  start((${quoted(flow.name)})) --> ${id(flow.start)}`] : [];
  return ['flowchart TD', ...start, ...nodes, ...edges, ''].join('\n');
}
