import { Component, type JSX } from 'preact';
import type { View } from '../../core/view.ts';
import { type Env, presenceOf } from '../env.ts';
import { most } from './most.ts';
import { Act } from './PersonRow.tsx';
import { type PeopleTexts, peopleTexts } from './people-texts.ts';

interface Props {
  readonly env: Env;
  readonly view: View;
}

interface State {
  /** Absent while it is as it was told. */
  readonly status: string | undefined;
  readonly span: keyof PeopleTexts['untilFor'];
}

const shows = ['available', 'away', 'dnd', 'invisible'] as const;
const minute = 60_000;

/** Whether and how one is seen, and a line of one's own with an end. */
export class OwnPresence extends Component<Props, State> {
  override state: State = { status: undefined, span: 'always' };

  override render({ env, view }: Props, { status, span }: State): JSX.Element {
    const texts = peopleTexts(env);
    const own = presenceOf(env, view, view.me?.id)?.own;
    const lines: Readonly<Record<string, string>> = texts.mineLine;
    const text = status ?? own?.status ?? '';
    return (
      <>
        <fieldset>
          <legend>{texts.presence}</legend>
          <div class="menu">
            {shows.map((show) => (
              <label key={show} class="pick">
                <i class={`dot ${show === 'invisible' ? 'offline' : show}`} />
                <span>
                  <b>{texts.mine[show]}</b>
                  {lines[show] && <small>{lines[show]}</small>}
                </span>
                <input
                  type="radio"
                  name="befriend-show"
                  checked={(own?.show ?? 'available') === show}
                  onChange={() => env.act('wish', { type: 'presence.set', body: { show } })}
                />
              </label>
            ))}
          </div>
        </fieldset>
        <form class="form" onSubmit={this.saved}>
          <label>
            {texts.status}
            <input
              class="field"
              dir="auto"
              maxLength={most.note}
              placeholder={texts.statusHint}
              value={text}
              onInput={({ currentTarget }) => this.setState({ status: currentTarget.value })}
            />
          </label>
          {(status !== undefined || own?.status !== undefined) && (
            <div class="acts">
              <label class="until">
                {texts.until}{' '}
                <select
                  class="field"
                  value={span}
                  onChange={({ currentTarget }) => this.setState({ span: currentTarget.value as State['span'] })}
                >
                  {Object.entries(texts.untilFor).map(([name, words]) => (
                    <option key={name} value={name}>
                      {words}
                    </option>
                  ))}
                </select>
              </label>
              <button type="submit" class="do strong" disabled={text.trim() === ''}>
                {texts.save}
              </button>
              {own?.status !== undefined && (
                <Act
                  label={texts.clear}
                  onClick={() => {
                    this.setState({ status: undefined });
                    env.act('wish', { type: 'presence.set', body: { status: null } });
                  }}
                />
              )}
            </div>
          )}
        </form>
      </>
    );
  }

  private readonly saved = (event: Event): void => {
    event.preventDefault();
    const { env, view } = this.props;
    const { span } = this.state;
    const own = presenceOf(env, view, view.me?.id)?.own;
    const status = (this.state.status ?? own?.status ?? '').trim();
    if (status === '') return;
    const offset = view.clockOffset;
    const until = endOf(span, env.now());
    env.act('wish', {
      type: 'presence.set',
      body: { show: own?.show ?? 'available', status, ...(until === undefined ? {} : { until: until + offset }) },
    });
    this.setState({ status: undefined });
  };
}

/** When a status ends, on this device's clock; milliseconds since 1970, and nothing for good. */
function endOf(span: State['span'], now: number): number | undefined {
  if (span === 'half') return now + 30 * minute;
  if (span === 'hour') return now + 60 * minute;
  return span === 'today' ? new Date(now).setHours(24, 0, 0, 0) : undefined;
}
