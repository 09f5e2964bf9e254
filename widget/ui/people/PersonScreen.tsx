import { Component, type JSX } from 'preact';
import type { Actions } from '../../../protocol/actions.ts';
import type { Person, Related } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { enPeople as texts } from '../../i18n/en-people.ts';
import { withName } from '../../i18n/texts.ts';
import { Avatar } from '../Avatar.tsx';
import type { Env } from '../env.ts';
import { Confirm } from './Confirm.tsx';
import { Act } from './PersonRow.tsx';
import { MuteFor, Report } from './sheets.tsx';
import { standing } from './standing.ts';
import { Top } from './Top.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly user: string;
}

type Sheet = 'block' | 'end' | 'mute' | 'report' | 'more' | undefined;

interface State {
  readonly sheet: Sheet;
  readonly reported: boolean;
}

/** A person's card: who it is, what stands between the two, and what can be done. */
export class PersonScreen extends Component<Props, State> {
  override state: State = { sheet: undefined, reported: false };

  override render({ env, view, user }: Props, { reported }: State): JSX.Element {
    const person = view.people[user];
    if (person === undefined) return <div class="pane people" />;
    const related = view.related[user];
    return (
      <div class="pane people">
        <Top env={env} title={person.name} back={{ at: 'people' }} backLabel={texts.back} />
        <div class="scroll card">
          <Avatar id={person.id} name={person.name} />
          <h3>
            <bdi>{person.name}</bdi>
          </h3>
          <p class="quiet">{rankOf(person)}</p>
          <p>{wordsOf(related)}</p>
          {person.id !== view.me?.id && this.actions(person, related)}
          {reported && <p role="status">{texts.reported}</p>}
        </div>
        {this.sheet(person)}
      </div>
    );
  }

  private actions(person: Person, related: Related | undefined): JSX.Element {
    const { env } = this.props;
    const { id: user } = person;
    const [mine, theirs] = [standing(related, 'closeness', true), standing(related, 'closeness', false)];
    const [asked, asks] = [standing(related, 'ask', true), standing(related, 'ask', false)];
    const limit = standing(related, 'limit', true)?.kind;
    const muted = standing(related, 'notice', true) !== undefined;
    const near = mine?.kind === 'contact' || mine?.kind === 'close' || mine?.kind === 'acquaintance';
    return (
      <>
        <div class="acts">
          {limit !== 'blocked' && (
            <Act
              strong
              label={texts.message}
              onClick={() => env.act('screen.show', { at: 'conversation', ref: `user:${user}` })}
            />
          )}
          {asks && <Act strong label={texts.accept} onClick={() => this.wish('relation.accept', { user })} />}
          {asks && <Act label={texts.decline} onClick={() => this.wish('relation.decline', { user })} />}
          {asked && <Act label={texts.withdraw} onClick={() => this.wish('relation.withdraw', { user })} />}
          {!near && !asked && !asks && limit !== 'blocked' && (
            <Act label={texts.ask.contact} onClick={() => this.wish('relation.ask', { user, kind: 'contact' })} />
          )}
          {limit === 'blocked' && (
            <Act label={texts.unblock} onClick={() => this.wish('relation.end', { user, slot: 'limit' })} />
          )}
        </div>
        <ul class="menu">
          {(mine?.kind === 'contact' || mine?.kind === 'close') &&
            this.item(
              texts.close,
              texts.closeLine,
              () => this.wish('relation.set', { user, kind: mine.kind === 'close' ? 'contact' : 'close' }),
              mine.kind === 'close',
            )}
          {mine?.kind === 'contact' &&
            this.item(texts.lessen, texts.lessenLine, () => this.wish('relation.set', { user, kind: 'acquaintance' }))}
          {!near &&
            !asked &&
            theirs === undefined &&
            limit === undefined &&
            this.item(texts.ask.follower, texts.stands.follower, () =>
              this.wish('relation.ask', { user, kind: 'follower' }),
            )}
          {theirs?.kind === 'follower' &&
            this.item(texts.unfollow, '', () => this.wish('relation.end', { user, slot: 'closeness' }))}
          {muted
            ? this.item(texts.unmute, '', () => this.wish('relation.end', { user, slot: 'notice' }))
            : this.item(texts.mute, withName(texts.muteLine, person.name), () => this.setState({ sheet: 'mute' }))}
          {limit === 'distant'
            ? this.item(texts.distanceEnd, '', () => this.wish('relation.end', { user, slot: 'limit' }))
            : limit === undefined &&
              this.item(texts.distance, withName(texts.distanceLine, person.name), () =>
                this.wish('relation.set', { user, kind: 'distant' }),
              )}
          {near && this.item(texts.end, '', () => this.setState({ sheet: 'end' }))}
          {limit !== 'blocked' && this.item(texts.block, '', () => this.setState({ sheet: 'block' }))}
          {this.item(texts.report, withName(texts.reportLine, person.name), () => this.setState({ sheet: 'report' }))}
        </ul>
      </>
    );
  }

  private item(label: string, line: string, onClick: () => void, pressed?: boolean): JSX.Element {
    return (
      <li>
        <button type="button" aria-pressed={pressed} onClick={onClick}>
          <b>{label}</b>
          {line && <span>{line}</span>}
        </button>
      </li>
    );
  }

  private sheet({ id: user, name }: Person): JSX.Element | null {
    const { sheet } = this.state;
    const done = (): void => this.setState({ sheet: undefined });
    if (sheet === 'block') {
      const yes = (): void => this.wish('relation.set', { user, kind: 'blocked' });
      return (
        <Confirm
          words={withName(texts.blockSure.replaceAll('{name}', name), name)}
          yes={texts.block}
          onYes={yes}
          onDone={done}
        />
      );
    }
    if (sheet === 'end') {
      const yes = (): void => this.wish('relation.end', { user, slot: 'closeness' });
      return <Confirm words={withName(texts.endSure, name)} yes={texts.end} onYes={yes} onDone={done} />;
    }
    if (sheet === 'mute') {
      const mute = (ms?: number): void => {
        const until = ms === undefined ? {} : { until: this.props.env.now() + this.props.view.clockOffset + ms };
        this.wish('relation.set', { user, kind: 'muted', ...until });
      };
      return <MuteFor onChosen={mute} onDone={done} />;
    }
    if (sheet !== 'report') return null;
    const report = (reason: string): void => {
      this.wish('user.report', { user, reason });
      this.setState({ reported: true });
    };
    return <Report onSent={report} onDone={done} />;
  }

  private wish<T extends keyof Actions>(type: T, body: Actions[T]): void {
    this.props.env.act('wish', { type, body } as never);
  }
}

function rankOf({ kind, verified }: Person): string {
  if (kind === 'colleague') return texts.team;
  return verified ? texts.verified : texts.unverified;
}

function wordsOf(related: Related | undefined): string {
  const kinds: Readonly<Record<string, string>> = texts.stands;
  const mine = standing(related, 'closeness', true);
  const theirs = standing(related, 'closeness', false);
  if (standing(related, 'ask', true)) return texts.waitsFor;
  if (mine?.kind === 'follower') return texts.lets;
  const known = mine ?? theirs;
  return known === undefined ? texts.stranger : (kinds[known.kind] ?? known.kind);
}
