import type { JSX } from 'preact';
import { useReducer } from 'preact/hooks';
import type { Case } from '../../../protocol/desk.ts';
import { Avatar } from '../../../widget/ui/Avatar.tsx';
import { namedIn } from '../desk/named-in.ts';
import { colleagueName, type Drawn, filled } from './drawn.ts';
import { NoteField } from './NoteField.tsx';

/**
 * What colleagues say of a case among themselves. The field shows the draft and has no words of its own: a note leaves it when
 * it is sent, and comes back, before what has been written since, where it is not stored.
 */
export function Notes(drawn: Drawn & { readonly one: Case }): JSX.Element {
  const { env, view, desk, one } = drawn;
  const { say } = env;
  const draft = `note.${one.conversation}`;
  const written = env.drafts.get(draft) ?? '';
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const notes = desk.opened?.case.conversation === one.conversation ? desk.opened.notes : [];
  const unsent = (desk.unsent ?? []).filter(({ conversation }) => conversation === one.conversation);
  const now = env.now() + view.clockOffset;
  const write = (text: string): void => {
    if (text) env.drafts.set(draft, text);
    else env.drafts.delete(draft);
    redraw(undefined);
  };
  const { colleagues = [], me } = desk.shown ?? {};
  const named = namedIn(written, colleagues, me?.user) ?? [];
  const away = colleagues.filter(({ user, available }) => !available && named.includes(user));
  const add = async (): Promise<void> => {
    const text = (env.drafts.get(draft) ?? '').trim();
    if (text === '') return;
    write('');
    if (await env.deeds.note(text)) return;
    write([text, env.drafts.get(draft) ?? ''].join('\n').trim());
    // The field may be another one by now.
    env.deeds.look({});
  };
  return (
    <section class="card notes">
      <h2>{say.notes}</h2>
      {notes.length + unsent.length > 0 && (
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
          {unsent.map(({ text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are stored in this order, and have no other name
            <li key={`unsent ${index}`}>
              <Avatar id={view.me?.id ?? ''} name={view.me?.name ?? ''} />
              <div>
                <p class="note-head">
                  <b>{say.you}</b>
                  <small>{view.link.state === 'online' ? env.texts.sending : env.texts.waiting}</small>
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
        <NoteField {...drawn} text={written} onWrite={write} onSend={() => void add()} />
        <p class="quiet" role="status">
          {away.map(({ name }) => filled(say.namesAway, { name })).join(' ')}
        </p>
        {written.trim() !== '' && (
          <button type="submit" class="do small">
            {say.addNote}
          </button>
        )}
      </form>
    </section>
  );
}
