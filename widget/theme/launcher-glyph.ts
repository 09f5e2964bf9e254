/** Path data of the launcher's glyph on a 24 grid, to be stroked with 1.75 px, round caps and joins, no fill. */
export const launcherGlyph =
  'M12 4c4.7 0 8.5 3.2 8.5 7.3s-3.8 7.3-8.5 7.3c-1 0-2-.1-2.9-.4L4.6 20l1-3.8a6.8 6.8 0 0 1-2.1-4.9C3.5 7.2 7.3 4 12 4Z';
