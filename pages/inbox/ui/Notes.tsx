import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Case } from '../../../protocol/desk.ts';
import { Avatar } from '../../../widget/ui/Avatar.tsx';
import { colleagueName, type Drawn } from './drawn.ts';

/** What colleagues say of a case among themselves. A note that is not stored yet stays in its field. */
export function Notes(drawn: Drawn & { readonly one: Case }): JSX.Element {
  const { env, view, desk, one } = drawn;
  const { say } = env;
  const draft = `note.${one.conversation}`;
  const field = useRef<HTMLTextAreaElement>(null);
  const [busy, setBusy] = useState(false);
  const [empty, setEmpty] = useState(!env.drafts.get(draft));
  const notes = desk.opened?.case.conversation === one.conversation ? desk.opened.notes : [];
  const now = env.now() + view.clockOffset;
  const add = async (): Promise<void> => {
    const text = field.current?.value.trim() ?? '';
    if (text === '' || busy) return;
    setBusy(true);
    const isStored = await env.deeds.note(text);
    setBusy(false);
    if (!isStored) return;
    env.drafts.delete(draft);
    if (field.current) field.current.value = '';
    setEmpty(true);
  };
  return (
    <section class="card notes">
      <h2>{say.notes}</h2>
      {notes.length > 0 && (
        <ol aria-label={say.notes}>
          {notes.map(({ by, text, at, seq }) => (
            <li key={seq}>
              <Avatar id={by} name={view.people[by]?.name ?? colleagueName(drawn, by)} />
              <div>
                <p class="note-head">
                  <b>
                    <bdi>{colleagueName(drawn, by)}</bdi>
                  </b>
                  <time>{env.brief(at, now)}</time>
                </p>
                <p class="note-text" dir="auto">
                  {text}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
      <form
        class="note-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <textarea
          ref={field}
          rows={1}
          class="note-field"
          aria-label={say.writeNote}
          aria-keyshortcuts="N"
          placeholder={say.noteHint}
          maxLength={8_000}
          defaultValue={env.drafts.get(draft) ?? ''}
          onInput={({ currentTarget: { value } }) => {
            if (value) env.drafts.set(draft, value);
            else env.drafts.delete(draft);
            setEmpty(value.trim() === '');
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void add();
          }}
        />
        {!empty && (
          <button type="submit" class="do small" aria-busy={busy}>
            {say.addNote}
          </button>
        )}
      </form>
    </section>
  );
}
