import type { JSX } from 'preact';
import type { InboxWords } from '../words/en.ts';
import { Glyph } from './Glyph.tsx';

/** Why nobody is signed in: nobody has been yet · somebody is on the way · he is no colleague. */
export type SignedOut = 'nobody' | 'coming' | 'stranger';

/** What stands where nobody is signed in: the ways in. */
export function SignIn({ say, why }: { readonly say: InboxWords; readonly why: SignedOut }): JSX.Element {
  const words = { nobody: say.welcomeLine, coming: say.signingIn, stranger: say.noColleague };
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <span class="sign-in-mark">
          <Glyph name="mine" />
        </span>
        <h1>{say.welcome}</h1>
        <p role="status">{words[why]}</p>
        {why !== 'coming' && (
          <ul>
            <li>{say.byInvite}</li>
            <li>{say.bySite}</li>
          </ul>
        )}
      </div>
    </main>
  );
}
