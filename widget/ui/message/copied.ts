/**
 * Puts text on the clipboard: on a page without https by the browser's old way, after which the focus is where it was.
 * Resolves with whether it is there.
 */
export async function copied(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = (beside.getRootNode() as ShadowRoot).activeElement;
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'sr';
    beside.append(field);
    field.select();
    const isThere = document.execCommand('copy');
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    return isThere;
  }
}
