import type { Emoji } from './emoji.ts';

/** One row of the grid: a heading, or emoji side by side. `top` and `height` in px. */
export interface GridRow {
  readonly heading?: string;
  readonly cells: readonly Emoji[];
  readonly top: number;
  readonly height: number;
}

/** Emoji under one heading; none while it has no name. */
export interface Section {
  readonly heading: string;
  readonly emoji: readonly Emoji[];
}

/** Heights in px: a heading, and a row of emoji. */
const headingHeight = 32;
/** Also the least width of an emoji. */
export const cell = 40;

/** Puts sections into rows of `columns` emoji. */
export function gridRows(sections: readonly Section[], columns: number): readonly GridRow[] {
  const rows: GridRow[] = [];
  let top = 0;
  const push = (row: Omit<GridRow, 'top'>): void => {
    rows.push({ ...row, top });
    top += row.height;
  };
  for (const { heading, emoji } of sections) {
    if (emoji.length === 0) continue;
    if (heading !== '') push({ heading, cells: [], height: headingHeight });
    for (let from = 0; from < emoji.length; from += columns) {
      push({ cells: emoji.slice(from, from + columns), height: cell });
    }
  }
  return rows;
}

/** The place of one emoji in the grid. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** Where an arrow key leads; undefined where there is nothing that way. Without a place, the first emoji. */
export function moved(
  rows: readonly GridRow[],
  from: GridPlace | undefined,
  [down, end]: readonly [down: number, end: number],
): GridPlace | undefined {
  const next = (row: number, step: number): number => {
    let at = row + step;
    while (rows[at]?.cells.length === 0) at += step;
    return at;
  };
  if (from === undefined) return rows.length > 0 ? { row: next(-1, 1), column: 0 } : undefined;
  const { row, column } = from;
  const to = down === 0 ? row : next(row, down);
  const beside = column + end;
  const wrapped = beside < 0 ? next(row, -1) : beside >= (rows[row]?.cells.length ?? 0) ? next(row, 1) : to;
  const { length } = rows[wrapped]?.cells ?? [];
  if (length === 0) return undefined;
  if (wrapped !== to) return { row: wrapped, column: beside < 0 ? length - 1 : 0 };
  return { row: to, column: Math.min(beside, length - 1) };
}
