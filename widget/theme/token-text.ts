import type { TokenType } from './tokens.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The CSS of a value without aliases (Design Tokens Format Module 2025.10, §8 and §9; Color Module §4). What has no
 * meaning there comes out as text that no token takes.
 */
export function tokenText(type: TokenType, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => tokenText(type, one)).join(', ');
  // A name of several words may have one that begins with a digit.
  if (typeof value === 'string') return type === 'font' && /^[^"',]+ [^"',]+$/.test(value) ? `"${value}"` : value;
  if (typeof value === 'number') return `${value}`;
  if (typeof value !== 'object' || !value) return meaningless(value);
  const fields = value as Fields;
  if ('unit' in fields) return `${fields.value}${fields.unit}`;
  if ('colorSpace' in fields) return colourText(fields);
  const { inset, offsetX, offsetY, blur, spread, color } = fields;
  const parts = [offsetX, offsetY, blur, spread, color].map((one) => tokenText(type, one ?? 0));
  return [...(inset === true ? ['inset'] : []), ...parts].join(' ');
}

function colourText({ colorSpace, components, alpha, hex }: Fields): string {
  const space = `${colorSpace}`;
  // Hue, and two shares of a hundred.
  const percent = /^h/.test(space) ? '%' : '';
  const parts = [components].flat().map((part, index) => `${part}${index && typeof part === 'number' ? percent : ''}`);
  const text = `${parts.join(' ')}${alpha === undefined ? '' : ` / ${alpha}`})`;
  if (parts.length !== 3) return typeof hex === 'string' ? hex : meaningless(colorSpace);
  return /^(?:hsl|hwb|(?:ok)?l(?:ab|ch))$/.test(space) ? `${space}(${text}` : `color(${space} ${text}`;
}

function meaningless(value: unknown): string {
  return `(${JSON.stringify(value)})`;
}
