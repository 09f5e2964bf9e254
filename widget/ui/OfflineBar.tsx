import type { JSX } from 'preact';
import type { View } from '../core/view.ts';
import type { Env } from './env.ts';
import { Word } from './Words.tsx';

/** A thin line under the header that says what the link's trouble means for what one writes, and the way out. */
export function OfflineBar({ env, view }: { readonly env: Env; readonly view: View }): JSX.Element {
  const { texts, act } = env;
  const { state } = view.link;
  const words = {
    offline: texts.barOffline,
    waiting: texts.barWaiting,
    refused: texts.barRefused,
    outdated: texts.barOutdated,
  }[state as string];
  return (
    <div class="bar-place" role="status">
      {words && (
        <p part="notice" class={`bar ${state}`}>
          {words} {state === 'outdated' && <Word text={texts.reload} onClick={() => location.reload()} />}
          {(state === 'refused' || state === 'waiting') && (
            <Word text={texts.again} onClick={() => act('link.retry', {})} />
          )}
        </p>
      )}
    </div>
  );
}
