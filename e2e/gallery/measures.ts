/**
 * What is measured in the page; each runs there alone, so it imports nothing. `Box` names what does not fit.
 */
export type Box = string;

/** One line each, by design: what is longer ends in an ellipsis, and stands whole where it leads. */
export const mayEnd = [
  '.entry .top',
  '.entry .under',
  '.header h2',
  '.heading',
  '.search',
  '.field',
  '.quoted',
  '.file',
  '.launcher',
  // An emoji's ink is higher than its line.
  '.big',
  '.strip',
].join();
/** Boxes of their own that scroll sideways. */
export const mayScroll = ['pre', '.cards', '[role=tablist]'].join();

/**
 * Texts that are cut: their box is smaller than they are, or they stand outside of the panel. What may end in an
 * ellipsis is named in `mayEnd`, and what scrolls sideways by itself in `mayScroll`.
 */
export function cut({ mayEnd, mayScroll }: { readonly mayEnd: string; readonly mayScroll: string }): Box[] {
  const root = document.querySelector('befriend-chat')?.shadowRoot;
  const panel = root?.querySelector('.panel');
  if (!root || !panel) return [];
  const frame = panel.getBoundingClientRect();
  const found: Box[] = [];
  for (const element of panel.querySelectorAll<HTMLElement>('*')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!own || element.closest(`.sr, option, ${mayEnd}, ${mayScroll}`)) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const isInline = getComputedStyle(element).display === 'inline';
    const isWide = !isInline && element.scrollWidth > element.clientWidth + 1;
    const hides = getComputedStyle(element).overflowY === 'hidden' || getComputedStyle(element).overflowY === 'clip';
    const isHigh = hides && element.scrollHeight > element.clientHeight + 1;
    const isOut = box.left < frame.left - 1 || box.right > frame.right + 1;
    if (isWide || isHigh || isOut) {
      const why = `${isWide ? 'wide ' : ''}${isHigh ? 'high ' : ''}${isOut ? 'out' : ''}`.trim();
      found.push(`${element.localName}.${element.className}: ${element.textContent?.slice(0, 40)} (${why})`);
    }
  }
  return found;
}

/** Scrolling boxes of the panel, and the panel itself, that are wider inside than outside. */
export function sideways(mayScroll: string): Box[] {
  const root = document.querySelector('befriend-chat')?.shadowRoot;
  const boxes = [...(root?.querySelectorAll<HTMLElement>('.panel, .panel *') ?? [])];
  return boxes
    .filter((box) => /auto|scroll/.test(getComputedStyle(box).overflowX) && !box.closest(mayScroll))
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => `${box.localName}.${box.className}: ${box.scrollWidth} in ${box.clientWidth}`);
}

/** What one can press that is smaller than 24 × 24 CSS px; links within a text are as high as the text (WCAG 2.5.8). */
export function small(): Box[] {
  const root = document.querySelector('befriend-chat')?.shadowRoot;
  const targets = root?.querySelectorAll<HTMLElement>(
    'button, a[href], input, select, textarea, summary, [role=button], [role=menuitem], [tabindex="0"]',
  );
  return [...(targets ?? [])].flatMap((target) => {
    const pressed = target.localName === 'input' ? (target.closest('label') ?? target) : target;
    const inText = target.localName === 'a' && getComputedStyle(target).display === 'inline';
    const isThere = target.checkVisibility({ opacityProperty: false, visibilityProperty: true });
    const { width, height } = pressed.getBoundingClientRect();
    if (inText || !isThere || (width >= 23.5 && height >= 23.5) || width === 0) return [];
    return [`${target.localName}.${target.className}: ${Math.round(width)} × ${Math.round(height)}`];
  });
}

/** Movements that are on their way or repeat: what they alter beside opacity, and for how many milliseconds. */
export function movements(): string[] {
  const root = document.querySelector('befriend-chat')?.shadowRoot;
  return (root?.getAnimations() ?? []).flatMap((animation) => {
    const effect = animation.effect as KeyframeEffect | null;
    const alters = new Set((effect?.getKeyframes() ?? []).flatMap((frame) => Object.keys(frame)));
    const moved = [...alters].filter(
      (name) => !/^(offset|computedOffset|easing|composite|opacity|visibility)$/.test(name),
    );
    const ms = Number(effect?.getComputedTiming().duration ?? 0);
    return moved.length > 0 || ms > 81 ? [`${effect?.target?.className}: ${moved.join()} for ${ms} ms`] : [];
  });
}

/** Marks what is seen by its fill alone, for `unseen` to look at it once colours are forced. */
export function markFilled(): void {
  const root = document.querySelector('befriend-chat')?.shadowRoot;
  const fills = (element: Element | null) => {
    const fill = element === null ? '' : getComputedStyle(element).backgroundColor;
    return /^rgba.*, 0\)$|\/ 0\)$|transparent/.test(fill) ? '' : fill;
  };
  for (const element of root?.querySelectorAll<HTMLElement>('*') ?? []) {
    let behind = element.parentElement;
    while (behind !== null && fills(behind) === '') behind = behind.parentElement;
    const isThere = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const { width, height } = element.getBoundingClientRect();
    if (isThere && width > 5 && height > 5 && fills(element) !== '' && fills(element) !== fills(behind))
      element.dataset.filled = '';
  }
}

/** What `markFilled` marked and forced colours leave without any edge: no border, no outline, no fill of its own. */
export function unseen(): Box[] {
  const root = document.querySelector('befriend-chat')?.shadowRoot;
  // White is the canvas of forced colours as they are emulated in light.
  const hasFill = (element: Element) => {
    const fill = getComputedStyle(element).backgroundColor;
    return !/^rgba.*, 0\)$|\/ 0\)$|transparent/.test(fill) && fill !== 'rgb(255, 255, 255)';
  };
  return [...(root?.querySelectorAll('[data-filled]') ?? [])].flatMap((element) => {
    const style = getComputedStyle(element);
    const hasEdge = [
      style.borderTopWidth,
      style.borderBottomWidth,
      style.borderInlineStartWidth,
      style.outlineWidth,
    ].some((width, i) => Number.parseFloat(width) > 0 && (i < 3 || style.outlineStyle !== 'none'));
    return hasEdge || hasFill(element) ? [] : [`${element.localName}.${element.getAttribute('class') ?? ''}`];
  });
}

/**
 * Glyphs, dots of presence, switches and ticked boxes that are told from what is behind them by less than 3 : 1 (WCAG 2.2 §1.4.11).
 * What is disabled is left out, as the criterion does, and so are boxes that the browser draws by itself, without a tick.
 */
export function pale(): Box[] {
  const root = document.querySelector('befriend-chat')?.shadowRoot;
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  /** Paints colours over each other, and reads what comes of it: whatever notation they are in, and however clear. */
  const over = (...colors: readonly string[]): readonly number[] => {
    if (canvas === null) return [];
    for (const color of ['#fff', ...colors]) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (channels: readonly number[]): number => {
    const [r = 0, g = 0, b = 0] = channels.map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element: Element | null): string[] => {
    const fills: string[] = [];
    for (let at = element; at !== null; at = at.parentElement) fills.unshift(getComputedStyle(at).backgroundColor);
    return fills;
  };
  const apart = (color: string, fills: readonly string[]): number => {
    const [under, upper] = [luminance(over(...fills)), luminance(over(...fills, color))];
    return (Math.max(upper, under) + 0.05) / (Math.min(upper, under) + 0.05);
  };
  const isOff = (element: Element): boolean => element.closest(':disabled, [aria-disabled=true]') !== null;
  return [
    ...(root?.querySelectorAll('svg, .dot, .switch, input:is([type=checkbox], [type=radio]):checked') ?? []),
  ].flatMap((element) => {
    const isThere = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const { width } = element.getBoundingClientRect();
    if (!isThere || isOff(element) || width < 5 || element.closest('.sr')) return [];
    const { accentColor, backgroundColor, borderTopColor, borderTopWidth, boxShadow, fill, stroke } =
      getComputedStyle(element);
    const isGlyph = element.localName === 'svg';
    const isDot = element.matches('.dot');
    // Presence is a disc or a ring, within an edge of the colour around it.
    const [shadow = ''] = /^\w+\(.*?\)(?= )/.exec(boxShadow) ?? [backgroundColor];
    const glyph = stroke === 'none' ? fill : stroke;
    const drawn = isGlyph ? glyph : isDot ? shadow : element.localName === 'input' ? accentColor : backgroundColor;
    const hasEdge = isDot && borderTopWidth !== '0px';
    const ratio = apart(drawn, hasEdge ? [borderTopColor] : behind(isGlyph ? element : element.parentElement));
    if (ratio >= 3) return [];
    const place = element.closest('[class]:not(svg, .dot)')?.className;
    return [`${element.localName}.${element.getAttribute('class')} in ${place}: ${ratio.toFixed(2)}`];
  });
}
