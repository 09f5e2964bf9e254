import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AtDesk, Case } from '../../../protocol/desk.ts';
import type { Person } from '../../../protocol/facts.ts';
import { Mentions } from '../../../widget/ui/parts.tsx';
import type { Drawn } from './drawn.ts';

interface Props extends Drawn {
  readonly one: Case;
  readonly text: string;
  readonly onWrite: (text: string) => void;
  readonly onSend: () => void;
}

/** Where a note is written: Enter sends it, and behind an @ stand the colleagues who can be named. */
export function NoteField({ env, view, desk, one, text, onWrite, onSend }: Props): JSX.Element {
  const { say } = env;
  const [field, setField] = useState<HTMLTextAreaElement | null>(null);
  const [isNaming, setNaming] = useState(false);
  const conversation = view.conversations[one.conversation];
  const colleagues = (desk.shown?.colleagues ?? []).map(personOf);
  const insert = (words: string, back = 0): void => {
    if (field === null) return;
    const { selectionStart: start, selectionEnd: end } = field;
    field.setRangeText(words, Math.max(0, start - back), end, 'end');
    onWrite(field.value);
    field.focus();
  };
  return (
    <>
      {isNaming && field && conversation && (
        <Mentions
          env={env}
          view={{ ...view, members: { ...view.members, [conversation.id]: { list: [] } } }}
          place={conversation.id}
          conversation={{ ...conversation, people: colleagues }}
          field={field}
          insert={insert}
          done={() => setNaming(false)}
          naming={{}}
        />
      )}
      <textarea
        ref={setField}
        rows={1}
        class="note-field"
        aria-label={say.writeNote}
        aria-keyshortcuts="N"
        placeholder={say.noteHint}
        maxLength={8_000}
        value={text}
        onInput={({ currentTarget }) => {
          const { value, selectionStart } = currentTarget;
          onWrite(value);
          if (/(?:^|\s)@[^@\n]{0,40}$/.test(value.slice(0, selectionStart))) setNaming(true);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          onSend();
        }}
      />
    </>
  );
}

function personOf({ user: id, name }: AtDesk): Person {
  return { id, name, kind: 'colleague', verified: true };
}
