import * as dagre from '@dagrejs/dagre';
import type { Flow } from './flow.ts';
import type { StepKind } from './step.ts';

/** A step as a drawing shows it. */
export interface Box {
  readonly name: string;
  readonly kind: StepKind;
  /** What is said there, shortened; empty where nothing is. */
  readonly words: string;
}

/** An arrow between two boxes; `when` is empty for the only way. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly when: string;
}

/** The library's own types do not resolve under Node's rules for modules: this is what is used of it. */
interface Layout {
  readonly Graph: new (options: { readonly multigraph: boolean }) => Graph;
  layout(graph: Graph): void;
}

interface Graph {
  setGraph(label: object): void;
  setNode(name: string, label: Size): void;
  setEdge(from: string, to: string, label: Size & { readonly labelpos: 'c' }): void;
  graph(): Partial<Size>;
  node(name: string): Size & Point;
  edge(from: string, to: string): Partial<Point> & { readonly points: readonly Point[] };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const { Graph, layout } = dagre as unknown as Layout;

/** Pixels. Text is 13 high, and no wider than this a character. */
const letter = 7.4;
const line = 18;
const padding = 12;

/** A picture of a flow, in the colour of the text around it; named for who cannot see it by its title and description. */
export function drawSvg(flow: Flow, boxes: readonly Box[], arrows: readonly Arrow[]): string {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 48, marginx: 16, marginy: 16 });
  for (const box of boxes) graph.setNode(box.name, sizeOf(box));
  for (const { from, to, when } of arrows)
    graph.setEdge(from, to, { width: when.length * letter, height: when === '' ? 0 : line, labelpos: 'c' });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const id = `flow-${flow.name}`;
  const size = `${Math.ceil(width)} ${Math.ceil(height)}`;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" width="${Math.ceil(width)}" height="${Math.ceil(height)}" role="img" aria-labelledby="${id}-title ${id}-desc" fill="none" stroke="currentColor" font-family="system-ui, sans-serif" font-size="13">`,
    `<title id="${id}-title">Flow ${escaped(flow.name)}</title>`,
    `<desc id="${id}-desc">${escaped(described(flow, boxes, arrows))}</desc>`,
    `<defs><marker id="${id}-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="currentColor" stroke="none"/></marker></defs>`,
    ...arrows.map((arrow) => drawnArrow(graph, arrow, `${id}-tip`)),
    ...boxes.map((box) => drawnBox(graph, box, box.name === flow.start)),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function sizeOf(box: Box): Size {
  const longest = Math.max(...textsOf(box).map((text) => text.length));
  const slope = box.kind === 'branch' || box.kind === 'hours' ? 2 : 1;
  return { width: longest * letter + 2 * padding * slope, height: textsOf(box).length * line + 2 * padding };
}

function textsOf({ name, kind, words }: Box): string[] {
  return [`${name} · ${kind}`, ...(words === '' ? [] : [words])];
}

function drawnBox(graph: Graph, box: Box, isStart: boolean): string {
  const { x, y, width, height } = graph.node(box.name);
  const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2].map(round);
  const stroke = isStart ? ' stroke-width="2.5"' : '';
  const rect = (radius: number): string =>
    `<rect x="${left}" y="${top}" width="${round(width)}" height="${round(height)}" rx="${radius}"${stroke}/>`;
  const slanted = [
    `${(left ?? 0) + padding},${top} ${right},${top} ${(right ?? 0) - padding},${bottom} ${left},${bottom}`,
    `${(left ?? 0) + padding},${top} ${(right ?? 0) - padding},${top} ${right},${round(y)} ${(right ?? 0) - padding},${bottom} ${(left ?? 0) + padding},${bottom} ${left},${round(y)}`,
  ];
  const shape = {
    ...{ say: rect(4), call: rect(0), handOff: rect(round(height / 2)), end: rect(round(height / 2)) },
    ...{ branch: `<polygon points="${slanted[1]}"${stroke}/>`, hours: `<polygon points="${slanted[1]}"${stroke}/>` },
  };
  const drawn =
    box.kind in shape ? shape[box.kind as keyof typeof shape] : `<polygon points="${slanted[0]}"${stroke}/>`;
  const texts = textsOf(box);
  const first = y - ((texts.length - 1) * line) / 2 + 4;
  return `${drawn}${texts.map((text, index) => drawnText(x, first + index * line, text, index === 0)).join('')}`;
}

function drawnArrow(graph: Graph, { from, to, when }: Arrow, tip: string): string {
  const { points, x, y } = graph.edge(from, to);
  const path = points.map((point, index) => `${index === 0 ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`).join('');
  const label = when === '' || x === undefined || y === undefined ? '' : drawnText(x, y + 4, when, false);
  return `<path d="${path}" marker-end="url(#${tip})"/>${label}`;
}

function drawnText(x: number, y: number, text: string, isName: boolean): string {
  const weight = isName ? ' font-weight="600"' : '';
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="middle" fill="currentColor" stroke="none"${weight}>${escaped(text)}</text>`;
}

/** The whole flow in words. */
function described({ start }: Flow, boxes: readonly Box[], arrows: readonly Arrow[]): string {
  const steps = boxes.map(({ name, kind, words }) => {
    const ways = arrows.filter(({ from }) => from === name);
    const led = ways.map(({ to, when }) => (when === '' ? to : `${to} (${when})`)).join(', ');
    return `${name}: ${kind}${words === '' ? '' : ` “${words}”`}${led === '' ? '' : `, then ${led}`}.`;
  });
  return [`It begins at ${start}.`, ...steps].join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
