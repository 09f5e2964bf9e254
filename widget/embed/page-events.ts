import type { Attend, PageEvents } from '../core/ports.ts';

/** This page's news of the network and of itself; nothing is listened to before `listen`. */
export const pageEvents: PageEvents = {
  listen(heard) {
    const gone = new AbortController();
    const { signal } = gone;
    const back = (): void => {
      if (document.visibilityState === 'visible') heard('back');
    };
    addEventListener('online', () => heard('online'), { signal });
    addEventListener('offline', () => heard('offline'), { signal });
    addEventListener('pageshow', back, { signal });
    document.addEventListener('visibilitychange', back, { signal });
    if (!navigator.onLine) heard('offline');
    return () => gone.abort();
  },
};

/** What the person does anywhere in this page. */
export const attend: Attend = (heard) => {
  const gone = new AbortController();
  const looked = (): void => heard(document.visibilityState === 'visible');
  for (const type of ['pointerdown', 'keydown', 'visibilitychange']) {
    document.addEventListener(type, looked, { capture: true, passive: true, signal: gone.signal });
  }
  return () => gone.abort();
};
