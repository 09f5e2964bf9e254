/** Line breaks, other control characters, and those that turn the direction of what follows (UAX #9 §2). */
const breaking = /[\s\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * A foreign text as one line, so that it cannot look like several where it stands among others. Never throws.
 */
export function oneLine(text: string): string {
  return text.replace(breaking, ' ').trim();
}
