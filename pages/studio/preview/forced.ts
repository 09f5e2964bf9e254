import type { Scheme } from '../../../widget/theme/derived.ts';
import { pairs } from '../../../widget/theme/pairs.ts';

/** What the system colours are in the two contrast themes that most people choose. */
const systems: Readonly<Record<Scheme, Readonly<Record<string, string>>>> = {
  light: {
    Canvas: '#fff',
    CanvasText: '#000',
    LinkText: '#00009f',
    ButtonFace: '#fff',
    ButtonText: '#000',
    GrayText: '#600000',
    Highlight: '#37006e',
    HighlightText: '#fff',
    Field: '#fff',
    FieldText: '#000',
  },
  dark: {
    Canvas: '#000',
    CanvasText: '#fff',
    LinkText: '#ffff00',
    ButtonFace: '#000',
    ButtonText: '#fff',
    GrayText: '#3ff23f',
    Highlight: '#1aebff',
    HighlightText: '#000',
    Field: '#000',
    FieldText: '#fff',
  },
};

/**
 * What forced colours would make of a widget with these sheets: a page cannot turn them on, so this is the widget's own
 * rules for them, with system colours written out, over what a browser does by itself (CSS Color Adjustment 1, §3).
 */
export function forcedSheet(sheets: readonly CSSStyleSheet[], scheme: Scheme): string {
  const system = systems[scheme];
  const [canvas, text] = [system.Canvas, system.CanvasText];
  const written = (css: string): string => css.replace(/(?<![.#\w-])[a-z]+\b/gi, (word) => named(system, word) ?? word);
  const rules = sheets.flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSMediaRule);
  const forced = rules.filter(({ conditionText }) => conditionText.includes('forced-colors'));
  const own = forced.flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => written(cssText)));
  const fills = ['surface', 'raised', 'overlay', 'bubble-in', 'bubble-out', 'accent', 'danger'];
  const tokens = [...new Set(pairs.flatMap(({ over, under }) => [over, under])), 'line'].map(
    (name) =>
      `--befriend-color-${name}: ${fills.includes(name) ? canvas : name === 'focus' ? system.Highlight : text};`,
  );
  return `
    :host, .befriend { ${tokens.join('')} --befriend-shadow-panel: none; }
    .face, .launcher, .launcher .badge { background: ${canvas} !important; color: ${text} !important; }
    .befriend *, .launcher, .launcher * { border-color: ${text}; box-shadow: none !important; }
    .befriend a { color: ${system.LinkText} !important; }
    ${own.join('\n')}`;
}

function named(system: Readonly<Record<string, string>>, word: string): string | undefined {
  const name = Object.keys(system).find((one) => one.toLowerCase() === word.toLowerCase());
  return name && system[name];
}
