import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { InboxWords } from '../words/en.ts';
import { filled } from './drawn.ts';
import { Glyph } from './Glyph.tsx';

/** Why nobody is signed in: nobody has been yet · somebody is on the way · he is no colleague. */
export type SignedOut = 'nobody' | 'coming' | 'stranger';

/** Signs in by an XMPP account. Resolves with why that did not lead in; with nothing where it has. */
export type SignInByAccount = (address: string, password: string) => Promise<string | undefined>;

interface Props {
  readonly say: InboxWords;
  readonly why: SignedOut;
  /** Absent where a password could not be sent safely. */
  readonly signIn?: SignInByAccount | undefined;
}

/** What stands where nobody is signed in: the ways in. */
export function SignIn({ say, why, signIn }: Props): JSX.Element {
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
          <>
            <ul>
              <li>{say.byInvite}</li>
              <li>{say.bySite}</li>
            </ul>
            {signIn && <AccountForm say={say} signIn={signIn} />}
          </>
        )}
      </div>
    </main>
  );
}

/** Address and password of an account. The password stays in its field, and leaves it with the form. */
function AccountForm({ say, signIn }: { readonly say: InboxWords; readonly signIn: SignInByAccount }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const faults: Readonly<Record<string, string>> = say.faults;
  const enter = async (form: HTMLFormElement): Promise<void> => {
    const given = new FormData(form);
    setBusy(true);
    setFault(undefined);
    setFault(await signIn(String(given.get('address')), String(given.get('password'))));
    setBusy(false);
  };
  return (
    <form
      class="account"
      aria-label={say.byAccount}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void enter(event.currentTarget);
      }}
    >
      <p>{say.byAccount}</p>
      <label>
        <span>{say.address}</span>
        <input
          class="find"
          name="address"
          type="text"
          inputMode="email"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          maxLength={500}
          dir="ltr"
          placeholder="name@example.com"
        />
      </label>
      <label>
        <span>{say.password}</span>
        <input
          class="find"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxLength={1_000}
          dir="ltr"
        />
      </label>
      <p role="alert">{fault !== undefined && (faults[fault] ?? filled(say.failed, { why: fault }))}</p>
      <button type="submit" class="do" aria-busy={busy}>
        {say.signIn}
      </button>
    </form>
  );
}
