import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { withCount } from '../../../widget/i18n/texts.ts';
import { Dialog } from './Dialog.tsx';
import type { Drawn } from './drawn.ts';

/** The way out: nothing stays in this browser. What is not sent yet is named first. */
export function SignOut({ env }: Drawn): JSX.Element {
  const { say, deeds } = env;
  const [unsent, setUnsent] = useState(0);
  const done = (): void => deeds.over(undefined);
  const leave = async (): Promise<void> => {
    const lost = await deeds.signOut(unsent > 0);
    if (lost === 0) done();
    else setUnsent(lost);
  };
  return (
    <Dialog label={say.signOutTitle} onDone={done} kind="question">
      <h2>{say.signOutTitle}</h2>
      <p role="status">{unsent > 0 ? withCount(say.unsent, unsent, env.locale) : say.signOutLine}</p>
      <div class="answers">
        <button type="button" class="do plain" autofocus onClick={done}>
          {say.stay}
        </button>
        <button type="button" class="do danger" onClick={() => void leave()}>
          {say.signOut}
        </button>
      </div>
    </Dialog>
  );
}
