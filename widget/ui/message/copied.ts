/** Puts text on the clipboard: on a page without https by the browser's old way. Resolves with whether it is there. */
export async function copied(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'sr';
    beside.append(field);
    field.select();
    const isThere = document.execCommand('copy');
    field.remove();
    return isThere;
  }
}
