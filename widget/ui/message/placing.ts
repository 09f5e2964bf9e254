/** A rectangle in the window, px. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How large something is, px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where something goes, px in the window. */
export interface Spot {
  readonly left: number;
  readonly top: number;
}

/** What stands between things, and between them and an edge. */
const gap = 4;
const edge = 8;

/** Whether enough of a bubble is in sight for something to stand beside it. */
export function isInSight(bubble: Box, log: Box): boolean {
  return bubble.bottom > log.top + edge && bubble.top < log.bottom - edge;
}

/** Where the bar of a bubble goes: beside its free side, or where there is no room across its upper edge. */
export function barSpot(bubble: Box, log: Box, { width, height }: Size, isAfter: boolean): Spot {
  const left = isAfter ? bubble.right + gap : bubble.left - gap - width;
  const fits = left >= log.left + gap && left + width <= log.right - gap;
  const tall = bubble.bottom - bubble.top;
  const top = fits ? bubble.top + Math.min(gap, (tall - height) / 2) : bubble.top - height + edge;
  return {
    left: fits ? left : isAfter ? log.right - width - edge : log.left + edge,
    top: within(top, log.top + gap, log.bottom - height - gap),
  };
}

/** Where the menu of a bubble goes: under it, or above it where there is more room; at `point` where it was asked for there. */
export function menuSpot(bubble: Box, log: Box, { width, height }: Size, isAfter: boolean, point?: Spot): Spot {
  const under = point ? point.top : bubble.bottom + gap;
  const above = (point ? point.top : bubble.top - gap) - height;
  const top = under + height <= log.bottom - edge ? under : above;
  const left = point ? point.left : isAfter ? bubble.left : bubble.right - width;
  return {
    left: within(left, log.left + edge, log.right - width - edge),
    top: within(top, log.top + edge, log.bottom - height - edge),
  };
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
