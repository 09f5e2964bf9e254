import { clampRgb, converter, formatHex, interpolate, type Oklch, type Rgb, wcagContrast, wcagLuminance } from 'culori';
import type { ColorName } from './tokens.ts';

/** The schemes; each token has a colour in both. */
export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

/** What is given of some colours, as any CSS colour that needs no page to be understood. */
export type GivenColors = Readonly<Partial<Record<ColorName, string>>>;

/** Every colour of a theme in one scheme, as `#rrggbb`. */
export type Palette = Readonly<Record<ColorName, string>>;

/** The default brand. */
export const defaultBrand = '#4653c4';

const oklch = converter('oklch');
const rgb = converter('rgb');

/**
 * What tokens.css makes of the colours that are given, for those who have no page: the studio's exports and the command
 * line. A test in a browser compares the two.
 * @throws RangeError that names the token whose value is no colour
 */
export function derived(given: GivenColors, scheme: Scheme): Palette {
  const dark = scheme === 'dark';
  const of = (name: ColorName, otherwise: () => Rgb | Oklch): Rgb => {
    const value = given[name];
    const colour = value === undefined ? otherwise() : rgb(value);
    if (!colour) throw new RangeError(`befriend.color.${name}: ${value} is no colour that is understood here.`);
    return clampRgb(rgb(colour));
  };
  const brand = of('brand', () => rgb(defaultBrand) as Rgb);
  const accent = of('accent', () => brand);
  const onAccent = of('on-accent', () => onColour(accent));
  const surface = of('surface', () => (dark ? tinted(brand, 0.2, 0.008) : (rgb('#fff') as Rgb)));
  const onSurface = of('on-surface', () => (dark ? tinted(brand, 0.94, 0.004) : tinted(brand, 0.22, 0.01)));
  const mix = (light: number, inDark: number): Rgb =>
    rgb(interpolate([surface, onSurface], 'oklab')(dark ? inDark : light));
  const ink = interpolate([onSurface, brand], 'oklab')(0.5);
  const inked = (light: number, inDark: number): Rgb =>
    rgb(interpolate([surface, ink], 'oklab')(dark ? inDark : light));
  const accentText = of('accent-text', () => textColour(accent, dark));
  const bubbleOut = of('bubble-out', () => accent);
  const all: Record<ColorName, Rgb> = {
    brand,
    accent,
    'on-accent': onAccent,
    'accent-text': accentText,
    surface,
    'on-surface': onSurface,
    raised: of('raised', () => mix(0, 0.05)),
    overlay: of('overlay', () => mix(0, 0.12)),
    quiet: of('quiet', () => mix(0.64, 0.72)),
    line: of('line', () => inked(0.12, 0.22)),
    'bubble-in': of('bubble-in', () => inked(0.08, 0.18)),
    'on-bubble-in': of('on-bubble-in', () => onSurface),
    'bubble-out': bubbleOut,
    'on-bubble-out': of('on-bubble-out', () => onAccent),
    danger: of('danger', () => rgb(dark ? '#ff8b93' : '#c0283a') as Rgb),
    'on-danger': of('on-danger', () => rgb(dark ? '#1b1c21' : '#fff') as Rgb),
    focus: of('focus', () => accentText),
  };
  return Object.fromEntries(Object.entries(all).map(([name, colour]) => [name, formatHex(colour)])) as Palette;
}

/** Pure white or black, whichever is read on `fill`: at a relative luminance of 0.179 (WCAG 2.2) both reach 4.5. */
function onColour(fill: Rgb): Rgb {
  return rgb(wcagLuminance(fill) < 0.179 ? '#fff' : '#000') as Rgb;
}

/** The hue at another lightness, with so little chroma that it reads as grey. */
function tinted(brand: Rgb, l: number, most: number): Oklch {
  const { c, h = 0 } = oklch(brand);
  return { mode: 'oklch', l, c: Math.min(c / 9, most), h };
}

/** The hue, dark or light enough to be read as text. */
function textColour(accent: Rgb, dark: boolean): Oklch {
  const { l, c, h = 0 } = oklch(accent);
  if (dark) return { mode: 'oklch', l: Math.max(l, 0.78), c: Math.min(c, Math.max(0.11, (l - 0.78) * 99)), h };
  return { mode: 'oklch', l: Math.min(l, 0.5), c: c * Math.min(1, 0.5 / l || 1), h };
}

/** How well `over` is told from `under`, 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(over: string, under: string): number {
  return wcagContrast(over, under);
}
