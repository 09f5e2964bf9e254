import { Component, type JSX } from 'preact';
import { enPeople as texts } from '../../i18n/en-people.ts';
import { Sheet } from './Confirm.tsx';

const hour = 3_600_000;

interface MuteProps {
  /** Milliseconds; absent for good. */
  readonly onChosen: (ms?: number) => void;
  readonly onDone: () => void;
}

/** For how long somebody is muted. */
export function MuteFor({ onChosen, onDone }: MuteProps): JSX.Element {
  const choice = (label: string, ms?: number): JSX.Element => (
    <button
      type="button"
      class="do"
      onClick={() => {
        onChosen(ms);
        onDone();
      }}
    >
      {label}
    </button>
  );
  return (
    <Sheet label={texts.mute} onDone={onDone}>
      <div class="acts column">
        {choice(texts.muteFor.hour, hour)}
        {choice(texts.muteFor.hours, 8 * hour)}
        {choice(texts.muteFor.always)}
        <button type="button" class="do" onClick={onDone}>
          {texts.cancel}
        </button>
      </div>
    </Sheet>
  );
}

interface ReportProps {
  readonly onSent: (reason: string) => void;
  readonly onDone: () => void;
}

/** What happened, in the person's words. */
export class Report extends Component<ReportProps, { readonly reason: string }> {
  override state = { reason: '' };

  override render({ onSent, onDone }: ReportProps, { reason }: { reason: string }): JSX.Element {
    return (
      <Sheet label={texts.report} onDone={onDone}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() === '') return;
            onSent(reason.trim());
            onDone();
          }}
        >
          <label>
            {texts.reportWhat}
            <textarea
              rows={3}
              maxLength={280}
              value={reason}
              onInput={({ currentTarget }) => this.setState({ reason: currentTarget.value })}
            />
          </label>
          <div class="acts">
            <button type="submit" class="do strong" disabled={reason.trim() === ''}>
              {texts.send}
            </button>
            <button type="button" class="do" onClick={onDone}>
              {texts.cancel}
            </button>
          </div>
        </form>
      </Sheet>
    );
  }
}
