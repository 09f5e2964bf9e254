import { Component, type JSX } from 'preact';
import { Sheet } from '../Sheet.tsx';
import type { MessageTexts } from './message-texts.ts';

interface Props {
  readonly texts: MessageTexts;
  /** What it asks for. */
  readonly about: 'delete' | 'report';
  /** With the reason, where it asks for one. */
  readonly onYes: (reason: string) => void;
  readonly onDone: () => void;
}

/** UTF-16 units of a reason. */
const most = 280;

/** Asks once more before a message is taken away, or what happened before it is reported. */
export class AskSheet extends Component<Props, { readonly reason: string }> {
  override state = { reason: '' };

  override render({ texts, about, onYes, onDone }: Props, { reason }: { reason: string }): JSX.Element {
    const isReport = about === 'report';
    const words = isReport ? texts.reportWhat : texts.deleteSure;
    const yes = (): void => {
      onDone();
      onYes(reason.trim());
    };
    return (
      <Sheet kind="message-sheet" first="textarea, [data-first]" label={texts[about]} onDone={onDone}>
        <p>{words}</p>
        {isReport && (
          <textarea
            rows={3}
            dir="auto"
            aria-label={words}
            maxLength={most}
            value={reason}
            onInput={({ currentTarget }) => this.setState({ reason: currentTarget.value })}
          />
        )}
        <button type="button" class="deed sure" disabled={isReport && reason.trim() === ''} onClick={yes}>
          {isReport ? texts.reportSend : texts.delete}
        </button>
        <button type="button" class="deed plain" data-first onClick={onDone}>
          {texts.cancel}
        </button>
      </Sheet>
    );
  }
}
