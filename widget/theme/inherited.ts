import { isTaken } from './taken-values.ts';

const darkQuery = '(prefers-color-scheme:dark)';

/** How long what nothing tells of may go unseen while the panel is open, milliseconds. */
const patience = 1_000;

/** What an element has around it, as far as the widget takes it over. */
interface Inherited {
  readonly scheme: 'light' | 'dark';
  /** A rule for `:host`: surface, text, font and brand. */
  readonly css: string;
}

/**
 * Takes over what is around the host of `root` and follows it until `signal` ends it: `show` gets the scheme and a rule for
 * `:host`, at once and with each change. A rule that a program writes into a sheet (CSSOM, `insertRule`) tells nobody: it
 * shows when the panel opens, and within a second while it is open; a closed one costs nothing.
 */
export function inheritInto(
  root: ShadowRoot,
  show: (scheme: 'light' | 'dark', css: string) => void,
  signal: AbortSignal,
): void {
  const probe = root.appendChild(document.createElement('i'));
  probe.hidden = true;
  let shown = '';
  let seen = '';
  const look = (): void => {
    const sight = sightOf(root.host);
    if (seen === sight) return;
    seen = sight;
    const { scheme, css } = inheritedBy(root.host, probe);
    if (shown !== scheme + css) show(scheme, css);
    shown = scheme + css;
  };
  look();
  whenSurroundingsChange(root.host, look, signal);
  const stop = whileOpen(root, look);
  signal.addEventListener('abort', () => {
    stop();
    probe.remove();
  });
}

/** Calls `look` when the panel in `root` opens, and again and again until it closes. Returns what ends it. */
function whileOpen(root: ShadowRoot, look: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const changes = new MutationObserver(() => watch());
  const watch = (): void => {
    // The panel comes and goes within one of them.
    for (const place of [root, ...root.children]) changes.observe(place, { childList: true });
    clearInterval(timer);
    if (!root.querySelector('.panel')) return;
    look();
    timer = setInterval(look, patience);
  };
  watch();
  return () => {
    changes.disconnect();
    clearInterval(timer);
  };
}

/** All of what stands around `host` that counts, to see whether any of it has changed. */
function sightOf(host: Element): string {
  const { color, colorScheme, fontFamily, accentColor } = getComputedStyle(above(host) ?? host);
  let sight = [matchMedia(darkQuery).matches, color, colorScheme, fontFamily, accentColor].join();
  for (let place = above(host); place; place = above(place)) sight += getComputedStyle(place).backgroundColor;
  return sight;
}

/**
 * Reads what stands around `host`: the background of the nearest opaque element; text, font and `accent-color` of the
 * place where it is mounted. The surface keeps its hue, and its lightness as far as all that is read on it allows; the text
 * is taken where its contrast is 7 (WCAG 2.2 §1.4.6). `probe` is an element in the host's root that shows nothing.
 */
function inheritedBy(host: Element, probe: HTMLElement): Inherited {
  const { color, colorScheme, fontFamily, accentColor } = getComputedStyle(above(host) ?? host);
  let rules = '';
  const set = (name: string, value: string): void => {
    rules += `--befriend-${name}:${value};`;
  };
  let surface = '';
  let under: number | undefined;
  for (let place = above(host); place && under === undefined; place = above(place)) {
    surface = getComputedStyle(place).backgroundColor;
    under = luminance(surface, probe);
  }
  const isDark = /dark/.test(colorScheme) && (!/light/.test(colorScheme) || matchMedia(darkQuery).matches);
  // The same bound that tells a white text from a black one.
  const dark = under === undefined ? isDark : under < 0.179;
  if (under !== undefined) {
    set('color-surface', `oklch(from ${surface} ${dark ? 'min(l,.24)' : 'max(l,.98)'} min(c,.015) h)`);
    const over = luminance(color, probe) ?? under;
    const contrast = (Math.max(over, under) + 0.05) / (Math.min(over, under) + 0.05);
    if (contrast >= 7) set('color-on-surface', color);
    // What is quieter than the text could not be read, where that is quiet itself.
    const share = contrast < 9 ? 100 : 90;
    if (contrast >= 7 && contrast < 17)
      set('color-quiet', `color-mix(in oklab,${color} ${share}%,var(--befriend-color-surface))`);
  }
  if (isTaken('font', fontFamily)) set('font-family', fontFamily);
  if (accentColor !== 'auto') set('color-brand', accentColor);
  return { scheme: dark ? 'dark' : 'light', css: `:host{${rules}}` };
}

/**
 * Calls `changed` in the next frame when something happens in the page after which another style may hold around `host`,
 * until `signal` ends it. It waits for events alone.
 */
function whenSurroundingsChange(host: Element, changed: () => void, signal: AbortSignal): void {
  let due = false;
  const soon = (): void => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      if (signal.aborted) return;
      follow();
      changed();
    });
  };
  const changes = new MutationObserver(soon);
  let around: Element | null = null;
  const follow = (): void => {
    if (around === above(host)) return;
    around = above(host);
    changes.disconnect();
    for (let one = around; one; one = above(one)) changes.observe(one, { attributes: true });
    changes.observe(document.head, { attributes: true, childList: true, characterData: true, subtree: true });
    // A site that puts another body in place of its own takes the widget along.
    changes.observe(document.documentElement, { attributes: true, childList: true });
  };
  follow();
  signal.addEventListener('abort', () => changes.disconnect());
  matchMedia(darkQuery).addEventListener('change', soon, { signal });
  // A sheet that has come, a colour that has faded, a switch that the page's style looks at.
  for (const type of ['load', 'transitionend', 'change'])
    document.addEventListener(type, soon, { signal, capture: true });
}

/** The element that is drawn around `element`, in the page's tree as it is flattened. */
function above(element: Element): Element | null {
  const { assignedSlot, parentNode } = element;
  return assignedSlot ?? (parentNode instanceof ShadowRoot ? parentNode.host : element.parentElement);
}

/** The relative luminance (WCAG 2.2) of an opaque colour of any space; of another nothing. */
function luminance(colour: string, probe: HTMLElement): number | undefined {
  // In XYZ it is Y.
  probe.style.color = `color(from ${colour} xyz-d65 x y z / alpha)`;
  const [, , y, , stroke] = getComputedStyle(probe).color.split(/[ )]+/);
  return stroke === '/' ? undefined : Number(y);
}
