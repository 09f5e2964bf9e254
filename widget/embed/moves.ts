/** Calls `heard` each time the address of this page has changed without a new page; until `signal` ends it. */
export function whenMoved(heard: () => void, signal: AbortSignal): void {
  const moved = (): void => heard();
  const { navigation } = window as { readonly navigation?: EventTarget };
  if (navigation) navigation.addEventListener('currententrychange', moved, { signal });
  else for (const type of ['popstate', 'hashchange']) addEventListener(type, moved, { signal });
}

/** Where the person is: the address without its query and fragment, in which secrets stand, and the title. */
export function here(): { readonly url: string; readonly title: string } {
  return { url: location.href.replace(/[?#].*/, '').slice(0, 500), title: document.title.slice(0, 200) };
}
