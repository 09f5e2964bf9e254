/** How the menu of a row was asked for: by a mouse at a point of the window, by a key, or by a long touch. */
export type How = { readonly x: number; readonly y: number } | 'key' | 'touch';

/** What is made of what happens on the log. */
export interface Pointing {
  /** A row is pointed at with a mouse, or has got the focus by a key. */
  readonly pointed: (row: HTMLElement) => void;
  /** The log is left for `to`. */
  readonly left: (to: EventTarget | null) => void;
  readonly wanted: (row: HTMLElement, how: How) => void;
  readonly scrolled: () => void;
  /** Something is pressed, anywhere in the page. */
  readonly pressed: (path: readonly EventTarget[]) => void;
}

/** How long a touch is a long one, milliseconds, and how far it may stray, px. */
const long = 500;
const stray = 10;

/** What has a menu, or a use for a long touch, of its own. */
const ownMenu = 'a, button, img, video, audio, input, textarea, select';

/** Hears what happens on a log with one set of listeners for all its rows. Returns what ends that. */
export function heardOn(log: HTMLElement, { pointed, left, wanted, scrolled, pressed }: Pointing): () => void {
  const ending = new AbortController();
  let kind = 'mouse';
  let touch: { readonly x: number; readonly y: number; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  const on = <T extends keyof HTMLElementEventMap>(type: T, heard: (event: HTMLElementEventMap[T]) => void): void =>
    log.addEventListener(type, heard, { signal: ending.signal, passive: type === 'scroll' });
  const letGo = (): void => {
    clearTimeout(touch?.timer);
    touch = undefined;
  };
  const hold = (row: HTMLElement, x: number, y: number): void => {
    const held = (): void => {
      letGo();
      wanted(row, 'touch');
    };
    touch = { x, y, timer: setTimeout(held, long) };
  };

  on('pointerover', ({ target, pointerType }) => {
    const row = rowOf(target);
    if (row && pointerType !== 'touch') pointed(row);
  });
  on('pointerleave', ({ relatedTarget }) => left(relatedTarget));
  on('focusin', ({ target }) => {
    const row = rowOf(target);
    if (row && row === target && row.matches(':focus-visible')) pointed(row);
  });
  on('focusout', ({ relatedTarget }) => {
    if (!log.contains(relatedTarget as Node | null)) left(relatedTarget);
  });
  on('pointerdown', ({ target, pointerType, clientX: x, clientY: y, isPrimary }) => {
    kind = pointerType;
    letGo();
    const row = rowOf(target);
    if (!row || pointerType !== 'touch' || !isPrimary || (target as Element).closest(ownMenu)) return;
    hold(row, x, y);
  });
  on('pointermove', ({ clientX, clientY }) => {
    if (touch && Math.hypot(clientX - touch.x, clientY - touch.y) > stray) letGo();
  });
  for (const type of ['pointerup', 'pointercancel'] as const) on(type, letGo);
  on('scroll', () => {
    letGo();
    scrolled();
  });
  on('contextmenu', (event) => {
    const { target, shiftKey, button, clientX: x, clientY: y } = event;
    const row = rowOf(target);
    if (!row || shiftKey || (target as Element).closest(ownMenu) || isSelected(log)) return;
    event.preventDefault();
    // A long touch is told by some browsers too, before the time is up or after it.
    if (kind === 'touch' && !touch) return;
    letGo();
    wanted(row, kind === 'touch' ? 'touch' : button === 2 ? { x, y } : 'key');
  });
  on('keydown', (event) => {
    kind = 'key';
    const row = rowOf(event.target);
    if (event.key !== 'Enter' || !row || row !== event.target) return;
    event.preventDefault();
    wanted(row, 'key');
  });
  // The first touch has begun before there was anybody to hear it.
  const first = log.querySelector<HTMLElement>('.row:active');
  if (first && matchMedia('(pointer: coarse)').matches) {
    kind = 'touch';
    hold(first, Number.NaN, Number.NaN);
  }
  document.addEventListener('pointerdown', (event) => pressed(event.composedPath()), { signal: ending.signal });
  return () => {
    letGo();
    ending.abort();
  };
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  // What the page draws itself stands in a slot.
  for (let at = target instanceof Element ? target : null; at; at = at.assignedSlot ?? at.parentElement) {
    if (at instanceof HTMLElement && at.matches('.row')) return at;
  }
  return null;
}

/** Whether some of the text is selected: then the page's own menu copies it. */
function isSelected(log: HTMLElement): boolean {
  const root = log.getRootNode() as ShadowRoot & { getSelection?: () => Selection | null };
  const selection = root.getSelection?.() ?? document.getSelection();
  return selection !== null && selection.type === 'Range' && `${selection}` !== '';
}
