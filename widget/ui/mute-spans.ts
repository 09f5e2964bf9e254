const hour = 3_600_000;

/** The year 2100, milliseconds since 1970: until somebody changes it. */
export const always = 4_102_444_800_000;

/** Until when something is silent, by how long that is; all in milliseconds since 1970, of the clock of `now`. */
export function muteSpans(now: number): Readonly<Record<'hour' | 'hours' | 'always', number>> {
  return { hour: now + hour, hours: now + 8 * hour, always };
}
