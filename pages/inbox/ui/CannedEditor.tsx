import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Canned } from '../../../protocol/desk.ts';
import { Dialog } from './Dialog.tsx';
import type { Drawn } from './drawn.ts';

/** UTF-16 units that the protocol takes. */
const most = { title: 280, text: 8_000 } as const;

/** Where supervisors write the canned answers of all colleagues. */
export function CannedEditor({ env, desk }: Drawn): JSX.Element {
  const { say, deeds } = env;
  const canned = desk.shown?.canned ?? [];
  const [chosen, setChosen] = useState<Canned>();
  const [word, setWord] = useState('');
  const done = (): void => deeds.over(undefined);
  const store = async (one: { readonly id: string; readonly title?: string; readonly text?: string }) => {
    const isStored = await deeds.can(one);
    setWord(isStored ? say.saved : say.notSaved);
    if (isStored) setChosen(undefined);
  };
  return (
    <Dialog label={say.cannedAll} onDone={done} kind="question">
      <h2>{say.cannedAll}</h2>
      {chosen === undefined ? (
        <>
          {canned.length === 0 && <p class="quiet">{say.noCanned}</p>}
          <ul aria-label={say.cannedAll}>
            {canned.map((one) => (
              <li key={one.id}>
                <button type="button" class="rail-row" onClick={() => setChosen(one)}>
                  <bdi>{one.title}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <CannedForm key={chosen.id} env={env} one={chosen} onStored={store} onBack={() => setChosen(undefined)} />
      )}
      <p class="quiet" role="status">
        {word}
      </p>
      {chosen === undefined && (
        <div class="answers">
          <button
            type="button"
            class="do plain"
            onClick={() => setChosen({ id: `a${env.now().toString(36)}`, title: '', text: '' })}
          >
            {say.newCanned}
          </button>
          <button type="button" class="do" autofocus onClick={done}>
            {say.done}
          </button>
        </div>
      )}
    </Dialog>
  );
}

/** One answer. `{name}` in its text becomes the visitor's name. */
function CannedForm(props: {
  readonly env: Drawn['env'];
  readonly one: Canned;
  readonly onStored: (one: { id: string; title?: string; text?: string }) => Promise<void>;
  readonly onBack: () => void;
}): JSX.Element {
  const { env, one, onStored, onBack } = props;
  const { say } = env;
  const [title, setTitle] = useState(one.title);
  const [text, setText] = useState(one.text);
  return (
    <form
      class="account"
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() !== '' && text.trim() !== '') void onStored({ id: one.id, title, text });
      }}
    >
      <label>
        <span>{say.cannedName}</span>
        <input
          class="find"
          required
          maxLength={most.title}
          value={title}
          onInput={({ currentTarget }) => setTitle(currentTarget.value)}
        />
      </label>
      <label>
        <span>{say.cannedText}</span>
        <textarea
          class="find canned-text"
          required
          rows={5}
          maxLength={most.text}
          dir="auto"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <div class="answers">
        <button type="button" class="do plain" onClick={onBack}>
          {say.cancel}
        </button>
        {one.title !== '' && (
          <button type="button" class="do plain danger" onClick={() => void onStored({ id: one.id })}>
            {say.remove}
          </button>
        )}
        <button type="submit" class="do">
          {say.save}
        </button>
      </div>
    </form>
  );
}
