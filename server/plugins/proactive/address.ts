/** A pattern of addresses. */
export interface Address {
  /** Whether the path alone is looked at. */
  readonly isPath: boolean;
  /** What stands between the stars. */
  readonly parts: readonly string[];
}

/** Reads a pattern: a path, or an address by http or https; `*` is anything. Undefined for what is none. */
export function addressOf(pattern: string): Address | undefined {
  if (pattern.length > 500 || !/^(\/|\*|https?:\/\/)[^?#\s]*$/.test(pattern)) return undefined;
  return { isPath: !pattern.startsWith('http'), parts: pattern.split('*') };
}

/** Whether an address fits a pattern. Its time grows with both lengths, whatever they hold. */
export function fits({ isPath, parts }: Address, url: string): boolean {
  const whole = url.replace(/[?#].*$/s, '');
  const text = isPath ? whole.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '') || '/' : whole;
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
