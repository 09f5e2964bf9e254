/** Calls `heard` each time the address of this page has changed without a new page; until `signal` ends it. */
export function whenMoved(heard: () => void, signal: AbortSignal): void {
  const moved = (): void => heard();
  const { navigation } = window as { readonly navigation?: EventTarget };
  if (navigation) navigation.addEventListener('currententrychange', moved, { signal });
  else for (const type of ['popstate', 'hashchange']) addEventListener(type, moved, { signal });
}

/** Where the person is, and came from: addresses without query and fragment, in which secrets stand, and the title. */
export function here(): { readonly url: string; readonly title: string; readonly referrer: string } {
  const plain = (url: string): string => url.replace(/[?#].*/, '').slice(0, 500);
  return { url: plain(location.href), title: document.title.slice(0, 200), referrer: plain(document.referrer) };
}
