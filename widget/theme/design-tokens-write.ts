import { formatHex, parse } from 'culori';
import { fileTypes } from './design-tokens.ts';
import { looks, type Theme, type Value } from './theme.ts';
import { type TokenGroup, type TokenType, typeOfGroup } from './tokens.ts';

type Fields = Readonly<Record<string, unknown>>;

/** culori's name of a colour space, the file's (Color Module 2025.10, §4), its components, and which of them are shares of 100. */
const spaces: Readonly<Record<string, readonly [space: string, components: string, hundredths?: string]>> = {
  rgb: ['srgb', 'rgb'],
  lrgb: ['srgb-linear', 'rgb'],
  hsl: ['hsl', 'hsl', 'sl'],
  hwb: ['hwb', 'hwb', 'wb'],
  lab: ['lab', 'lab'],
  lch: ['lch', 'lch'],
  oklab: ['oklab', 'lab'],
  oklch: ['oklch', 'lch'],
  p3: ['display-p3', 'rgb'],
  a98: ['a98-rgb', 'rgb'],
  prophoto: ['prophoto-rgb', 'rgb'],
  rec2020: ['rec2020', 'rgb'],
  xyz65: ['xyz-d65', 'xyz'],
  xyz50: ['xyz-d50', 'xyz'],
};

/**
 * A theme as a file of design tokens (Design Tokens Format Module 2025.10), which `themeIn` reads as the same theme again. A
 * value that the format has no words for, such as 50 % or `none`, stands there as CSS has it.
 */
export function fileOf(theme: Theme): object {
  const { scheme } = theme;
  const chosen = Object.keys(looks).flatMap((look) => {
    const choice = (theme as Fields)[look];
    return choice === undefined ? [] : [[look, choice] as const];
  });
  const said = Object.fromEntries([...(scheme === undefined ? [] : [['scheme', scheme] as const]), ...chosen]);
  const groups = Object.entries(theme).flatMap(([name, held]) =>
    typeof held === 'object' ? [[name, groupOf(typeOfGroup[name as TokenGroup], held)] as const] : [],
  );
  return {
    $schema: 'https://www.designtokens.org/schemas/2025.10/format.json',
    befriend: {
      ...(Object.keys(said).length === 0 ? {} : { $extensions: { befriend: said } }),
      ...Object.fromEntries(groups),
    },
  };
}

function groupOf(type: TokenType, held: Readonly<Record<string, Value>>): Fields {
  const written = writers[type];
  const tokens = Object.entries(held).map(([name, value]) => {
    if (typeof value === 'string') return [name, { $value: written(value) }];
    return [name, { $value: written(value.light), $extensions: { befriend: { dark: written(value.dark) } } }];
  });
  return { $type: fileTypes[type], ...Object.fromEntries(tokens) };
}

const writers: Readonly<Record<TokenType, (css: string) => unknown>> = {
  color,
  length: measure,
  time: measure,
  font: (css) => (([one, ...more]) => (more.length === 0 ? one : [one, ...more]))(split(css, ',').map(fontName)),
  shadow: (css) => {
    const layers = split(css, ',').map(layer);
    return layers.includes(undefined) ? css : layers.length === 1 ? layers[0] : layers;
  },
  number: Number,
};

function color(css: string): unknown {
  const read = parse(css);
  const [space, components, hundredths = ''] = spaces[read?.mode ?? ''] ?? [];
  if (!read || space === undefined || components === undefined) return css;
  const part = (name: string): unknown => {
    const value = (read as unknown as Readonly<Record<string, number | undefined>>)[name];
    return value === undefined ? 'none' : short(hundredths.includes(name) ? value * 100 : value);
  };
  const alpha = read.alpha === undefined || read.alpha === 1 ? {} : { alpha: short(read.alpha) };
  return { colorSpace: space, components: [...components].map(part), ...alpha, hex: formatHex(read) };
}

/** More would be what a computer makes of a number, and not what somebody has chosen. */
function short(value: number): number {
  return Number(value.toFixed(6));
}

/** A dimension (§8.2) or a duration (§8.5); other units are CSS alone. */
function measure(css: string): unknown {
  const [, value, unit] = /^([-+]?[\d.]+)(px|rem|ms|s)$/.exec(css) ?? [];
  if (css === '0') return { value: 0, unit: 'px' };
  return value === undefined ? css : { value: Number(value), unit };
}

/** Without the quotes that the name does not need in a file; a name like `serif` would become another font without. */
function fontName(css: string): string {
  const name = css.replace(/^(["'])(.*)\1$/, '$2');
  const generic = /^(?:(?:ui-)?(?:sans-)?serif|(?:ui-)?monospace|cursive|fantasy|math|emoji|system-ui|ui-rounded)$/i;
  return name === css || / /.test(name) || (/^-?[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) && !generic.test(name))
    ? name
    : css;
}

/** One layer of a shadow (§9.6); one without a colour takes that of the text, which no file can say. */
function layer(css: string): Fields | undefined {
  const words = split(css, ' ');
  const lengths = words.filter((word) => /^[-+.\d]/.test(word));
  const [offsetX, offsetY, blur = '0', spread = '0'] = lengths;
  const [given, second] = words.filter((word) => word !== 'inset' && !lengths.includes(word));
  if (offsetX === undefined || offsetY === undefined || given === undefined || second !== undefined) return undefined;
  const [x, y, blurred, spreading] = [offsetX, offsetY, blur, spread].map(measure);
  const inset = words.includes('inset') ? { inset: true } : {};
  return { color: color(given), offsetX: x, offsetY: y, blur: blurred, spread: spreading, ...inset };
}

/** The parts between separators that stand in no brackets and no quotes. */
function split(css: string, separator: ',' | ' '): readonly string[] {
  const part = separator === ',' ? /(?:"[^"]*"|'[^']*'|\([^)]*\)|[^,"'(])+/g : /(?:\([^)]*\)|[^\s(])+/g;
  return (css.match(part) ?? []).map((one) => one.trim());
}
