import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Avatar } from '../../../widget/ui/Avatar.tsx';
import { most } from '../../../widget/ui/people/most.ts';
import { smallPicture } from '../../../widget/ui/people/picture.ts';
import type { Drawn, InboxEnv } from './drawn.ts';
import { Glyph } from './Glyph.tsx';

/** What stands before the first case of who has no name yet: he is asked for it once. */
export function NameAsk({ env }: { readonly env: InboxEnv }): JSX.Element {
  const { say } = env;
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <span class="sign-in-mark">
          <Glyph name="mine" />
        </span>
        <h1>{say.nameTitle}</h1>
        <p>{say.nameLine}</p>
        <NameForm env={env} name="" isFirst />
      </div>
    </main>
  );
}

/** Oneself as visitors see one: a name and a picture. */
export function OwnProfile({ env, view }: Drawn): JSX.Element | null {
  const { say } = env;
  const { me } = view;
  const [word, setWord] = useState('');
  if (me === undefined) return null;
  const chosen = async (field: HTMLInputElement): Promise<void> => {
    const file = field.files?.item(0);
    if (!file) return;
    const avatar = await smallPicture(file);
    field.value = '';
    setWord(avatar === undefined ? say.badPicture : problem(env, await env.deeds.profile({ avatar })));
  };
  return (
    <fieldset>
      <legend>{say.forVisitors}</legend>
      <NameForm env={env} name={me.name} />
      <div class="own-picture">
        <Avatar id={me.id} name={me.name} src={env.picture(me.avatar)} />
        <label class="do plain file">
          {say.picture}
          <input type="file" accept="image/*" class="sr" onChange={({ currentTarget }) => void chosen(currentTarget)} />
        </label>
        {me.avatar !== undefined && (
          <button
            type="button"
            class="do plain"
            onClick={() => void env.deeds.profile({ avatar: null }).then((code) => setWord(problem(env, code)))}
          >
            {say.noPicture}
          </button>
        )}
      </div>
      <p class="quiet" role="status">
        {word}
      </p>
    </fieldset>
  );
}

/** The field for one's name. `isFirst`: none is there yet, and the field has the focus. */
function NameForm(props: { readonly env: InboxEnv; readonly name: string; readonly isFirst?: boolean }): JSX.Element {
  const { env, name, isFirst = false } = props;
  const { say } = env;
  const [written, setWritten] = useState(isFirst ? '' : name);
  const [busy, setBusy] = useState(false);
  const [word, setWord] = useState('');
  const wanted = written.trim();
  const save = async (): Promise<void> => {
    if (wanted === '' || busy) return;
    setBusy(true);
    const code = await env.deeds.profile({ name: wanted });
    setBusy(false);
    setWord(code === undefined ? say.saved : problem(env, code));
  };
  return (
    <form
      class="own-name"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        <span class={isFirst ? 'sr' : ''}>{say.yourName}</span>
        <input
          ref={(field) => {
            if (isFirst && written === '') field?.focus();
          }}
          type="text"
          class="find"
          autocomplete="name"
          required
          maxLength={most.name}
          value={written}
          onInput={({ currentTarget }) => setWritten(currentTarget.value)}
        />
      </label>
      {(isFirst || wanted !== name) && (
        <button type="submit" class={isFirst ? 'do' : 'do small'} aria-busy={busy}>
          {say.save}
        </button>
      )}
      <p class="quiet" role="status">
        {word}
      </p>
    </form>
  );
}

/** Why it is as it was; empty where it is not. */
function problem({ say }: InboxEnv, code: string | undefined): string {
  if (code === undefined) return '';
  if (code === 'offline') return say.offline;
  if (code === 'not_found') return say.signedProfile;
  const problems: Readonly<Record<string, string>> = say.problems;
  return problems[code] ?? say.failed.replace('{why}', code);
}
