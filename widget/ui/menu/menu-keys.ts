/** The lines of a menu, from the first to the last. */
export function linesOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
}

/** Gives the focus to the first line of a menu; to the menu, which must be able to have it, while it has none. */
export function focusFirst(menu: HTMLElement | null): void {
  const [first = menu] = linesOf(menu);
  first?.focus({ preventScroll: true });
}

/** What a key does in a menu: arrows, Home and End move the focus, Escape and Tab close it (WAI-ARIA menu). */
export function pressedIn(menu: HTMLElement | null, event: KeyboardEvent, close: () => void): void {
  const lines = linesOf(menu);
  const at = lines.indexOf(event.target as HTMLElement);
  const to = { ArrowDown: (at + 1) % lines.length, ArrowUp: Math.max(at, 0) - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) lines.at(to)?.focus({ preventScroll: true });
  else if (event.key === 'Escape' || event.key === 'Tab') close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
