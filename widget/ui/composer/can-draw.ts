import type { Emoji } from './emoji.ts';

/** Side of what is drawn, px. */
const side = 16;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Which versions of emoji this device cannot draw, tried with one emoji of each, a task for each; −1 stands for flags of
 * countries. Where it draws no emoji in colour at all nothing can be told, and nothing is left out.
 */
export async function undrawable(emoji: readonly Emoji[]): Promise<ReadonlySet<number>> {
  await pause();
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return new Set();
  context.canvas.width = 2 * side;
  context.canvas.height = side;
  context.textBaseline = 'top';
  context.font = `${side - 4}px system-ui, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif`;
  const width = context.measureText('😀').width;
  const draws = (text: string): boolean => {
    // What falls apart is wider than one.
    if (context.measureText(text).width > 1.5 * width) return false;
    const drawn = (colour: string): Uint8ClampedArray => {
      context.clearRect(0, 0, 2 * side, side);
      context.fillStyle = colour;
      context.fillText(text, 0, 0);
      return context.getImageData(0, 0, 2 * side, side).data;
    };
    // An emoji has colours of its own; a letter or an empty box takes the one it is given.
    const red = drawn('#f00');
    const blue = drawn('#00f');
    return red.every((unit, at) => unit === blue[at]);
  };
  if (!draws('😀')) return new Set();
  const tried = new Map(emoji.flatMap(({ version, text }) => (version === undefined ? [] : [[version, text]])));
  const missing = new Set<number>();
  for (const [version, text] of [...tried, [-1, '🇩🇪'] as const]) {
    await pause();
    if (!draws(text)) missing.add(version);
  }
  return missing;
}

/** Whether an emoji is among those that cannot be drawn. */
export function isMissing({ version, text }: Emoji, missing: ReadonlySet<number>): boolean {
  return (version !== undefined && missing.has(version)) || (missing.has(-1) && /^\p{Regional_Indicator}/u.test(text));
}
