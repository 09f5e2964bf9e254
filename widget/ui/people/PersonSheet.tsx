import { Component, type JSX } from 'preact';
import type { Person } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { withName } from '../../i18n/texts.ts';
import type { Env } from '../env.ts';
import { Sheet } from '../Sheet.tsx';
import { most } from './most.ts';
import { peopleTexts } from './people-texts.ts';
import { Choices, Confirm, Write } from './Questions.tsx';
import { isNear } from './standing.ts';

/** What a card can ask for. */
export type SheetName = 'ask' | 'lessen' | 'block' | 'end' | 'mute' | 'report';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly person: Person;
  readonly sheet: SheetName | undefined;
  readonly onDone: () => void;
  readonly onReported: () => void;
}

const hour = 3_600_000;

/** The sheet of a person's card that is open; nothing where none is. */
export function PersonSheet({ env, view, person, sheet, onDone, onReported }: Props): JSX.Element | null {
  const texts = peopleTexts(env);
  const { id: user, name } = person;
  const set = (kind: string, ms?: number): void => {
    const until = ms === undefined ? {} : { until: env.now() + view.clockOffset + ms };
    env.act('wish', { type: 'relation.set', body: { user, kind, ...until } });
  };
  if (sheet === 'ask') return <Ask env={env} view={view} user={user} onDone={onDone} />;
  if (sheet === 'lessen')
    return (
      <Confirm
        env={env}
        words={texts.lessenLine}
        yes={texts.lessen}
        onYes={() => set('acquaintance')}
        onDone={onDone}
      />
    );
  if (sheet === 'block')
    return (
      <Confirm
        env={env}
        words={withName(texts.blockSure, name)}
        yes={texts.block}
        onYes={() => set('blocked')}
        onDone={onDone}
      />
    );
  if (sheet === 'end') {
    const end = (): void => env.act('wish', { type: 'relation.end', body: { user, slot: 'closeness' } });
    return <Confirm env={env} words={withName(texts.endSure, name)} yes={texts.end} onYes={end} onDone={onDone} />;
  }
  if (sheet === 'mute') {
    const { muteFor } = texts;
    const choices = [
      { label: muteFor.hour, onChosen: () => set('muted', hour) },
      { label: muteFor.hours, onChosen: () => set('muted', 8 * hour) },
      { label: muteFor.always, onChosen: () => set('muted') },
    ];
    return <Choices env={env} label={texts.mute} words={texts.muteLine} choices={choices} onDone={onDone} />;
  }
  if (sheet === undefined) return null;
  const report = (reason: string): void => {
    env.act('wish', { type: 'user.report', body: { user, reason } });
    onReported();
  };
  const { report: label, reportWhat: words, send: yes } = texts;
  return <Write env={env} long {...{ label, words, yes }} most={most.note} onWritten={report} onDone={onDone} />;
}

interface AskProps extends Pick<Props, 'env' | 'view' | 'onDone'> {
  readonly user: string;
}

/** Asks somebody for a relation, with a word to go with it. */
class Ask extends Component<AskProps, { readonly note: string }> {
  override state = { note: '' };

  override render({ env, view, user, onDone }: AskProps, { note }: { note: string }): JSX.Element {
    const texts = peopleTexts(env);
    const kinds = isNear(view.related[user])
      ? (['contact'] as const)
      : (['contact', 'acquaintance', 'follower'] as const);
    return (
      <Sheet label={texts.add} onDone={onDone}>
        <h3>{texts.add}</h3>
        <label>
          {texts.addWords}
          <input
            class="field"
            dir="auto"
            maxLength={most.note}
            value={note}
            onInput={({ currentTarget }) => this.setState({ note: currentTarget.value })}
          />
        </label>
        <div class="acts column">
          {kinds.map((kind) => (
            <button key={kind} type="button" class="do" onClick={() => this.ask(kind)}>
              {texts.ask[kind]}
              <small>{texts.askLine[kind]}</small>
            </button>
          ))}
          <button type="button" class="do plain" onClick={onDone}>
            {texts.cancel}
          </button>
        </div>
      </Sheet>
    );
  }

  private ask(kind: string): void {
    const { env, user, onDone } = this.props;
    const note = this.state.note.trim();
    onDone();
    env.act('wish', { type: 'relation.ask', body: { user, kind, ...(note === '' ? {} : { note }) } });
  }
}
