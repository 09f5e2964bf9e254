import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { InboxWords } from '../words/en.ts';
import { Glyph } from './Glyph.tsx';

/** Why nobody is signed in: nobody has been yet · on the way · he is no colleague · the account was refused. */
export type SignedOut = 'nobody' | 'coming' | 'stranger' | 'refused';

interface Props {
  readonly say: InboxWords;
  readonly why: SignedOut;
  /** Signs in by an XMPP account; absent where the server takes none. */
  readonly account?: ((jid: string, password: string) => void) | undefined;
}

/** What stands where nobody is signed in: the ways in. */
export function SignIn({ say, why, account }: Props): JSX.Element {
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <span class="sign-in-mark">
          <Glyph name="mine" />
        </span>
        <h1>{say.welcome}</h1>
        <p role="status">{why === 'coming' ? say.signingIn : why === 'stranger' ? say.noColleague : say.welcomeLine}</p>
        {why !== 'coming' && (
          <>
            {account && <Account say={say} account={account} refused={why === 'refused'} />}
            <ul>
              <li>{say.byInvite}</li>
              <li>{say.bySite}</li>
            </ul>
          </>
        )}
      </div>
    </main>
  );
}

/** An account of the XMPP server: its password goes to that server and is kept nowhere. */
function Account(props: {
  readonly say: InboxWords;
  readonly account: (jid: string, password: string) => void;
  readonly refused: boolean;
}): JSX.Element {
  const { say, account, refused } = props;
  const [jid, setJid] = useState('');
  const [password, setPassword] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        account(jid.trim(), password);
      }}
    >
      <h2>{say.byAccount}</h2>
      <label>
        <span>{say.jid}</span>
        <input
          class="find"
          type="text"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          pattern="[^@\s]+@[^@\s\/]+"
          placeholder="kim@example.com"
          value={jid}
          onInput={({ currentTarget }) => setJid(currentTarget.value)}
        />
      </label>
      <label>
        <span>{say.password}</span>
        <input
          class="find"
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onInput={({ currentTarget }) => setPassword(currentTarget.value)}
        />
      </label>
      <p class="wrong" role="alert">
        {refused && say.badPassword}
      </p>
      <button type="submit" class="do">
        {say.signIn}
      </button>
    </form>
  );
}
