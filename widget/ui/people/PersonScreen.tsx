import { Component, type JSX } from 'preact';
import type { Person, Related } from '../../../protocol/facts.ts';
import { Avatar, faceOf } from '../Avatar.tsx';
import type { PartProps } from '../env.ts';
import { Loading } from '../Words.tsx';
import { PersonMenu } from './PersonMenu.tsx';
import { Act } from './PersonRow.tsx';
import { PersonSheet, type SheetName } from './PersonSheet.tsx';
import { type PeopleTexts, peopleTexts } from './people-texts.ts';
import { presenceWords } from './presence-words.ts';
import { isNear, standing } from './standing.ts';
import { Top } from './Top.tsx';

interface Props extends PartProps {
  readonly user: string;
}

interface State {
  readonly sheet: SheetName | undefined;
  readonly reported: boolean;
}

/** A person's card: who it is, what stands between the two, and what can be done. */
export class PersonScreen extends Component<Props, State> {
  override state: State = { sheet: undefined, reported: false };

  override render({ env, view, back, user }: Props, { sheet, reported }: State): JSX.Element {
    const texts = peopleTexts(env);
    const person = view.people[user];
    const related = view.related[user];
    const shows = presenceWords(env, view, user);
    const show = (name?: SheetName): void => this.setState({ sheet: name });
    return (
      <div class="pane people">
        <Top env={env} title={texts.profile} back={back} />
        {person === undefined ? (
          <Loading words={env.texts.slow} />
        ) : (
          <div class="scroll card">
            <Avatar {...faceOf(env, view, person)} />
            <h3>
              <bdi>{person.name}</bdi>
            </h3>
            <p class="quiet">{rankOf(texts, person)}</p>
            {shows && (
              <p>
                <bdi>{shows}</bdi>
              </p>
            )}
            {user !== view.me?.id && (
              <>
                <p class="quiet">{wordsOf(texts, related)}</p>
                {this.actions(person, related)}
                {reported && <p role="status">{texts.reported}</p>}
                <PersonMenu env={env} user={user} related={related} onSheet={show} />
              </>
            )}
          </div>
        )}
        {person && (
          <PersonSheet
            env={env}
            view={view}
            person={person}
            sheet={sheet}
            onDone={() => show()}
            onReported={() => this.setState({ reported: true })}
          />
        )}
      </div>
    );
  }

  private actions({ id: user }: Person, related: Related | undefined): JSX.Element {
    const { act } = this.props.env;
    const texts = peopleTexts(this.props.env);
    const asks = standing(related, 'ask', false);
    const isBlocked = standing(related, 'limit', true)?.kind === 'blocked';
    const mayAsk = !isNear(related) && !asks && !standing(related, 'ask', true);
    return (
      <div class="acts">
        {asks && (
          <Act strong label={texts.accept} onClick={() => act('wish', { type: 'relation.accept', body: { user } })} />
        )}
        {asks && (
          <Act label={texts.decline} onClick={() => act('wish', { type: 'relation.decline', body: { user } })} />
        )}
        {!isBlocked && (
          <Act
            strong={!asks}
            label={texts.message}
            onClick={() => act('screen.show', { at: 'conversation', ref: `user:${user}` })}
          />
        )}
        {standing(related, 'ask', true) && (
          <Act label={texts.withdraw} onClick={() => act('wish', { type: 'relation.withdraw', body: { user } })} />
        )}
        {mayAsk && !isBlocked && <Act label={texts.add} onClick={() => this.setState({ sheet: 'ask' })} />}
        {isBlocked && (
          <Act
            label={texts.unblock}
            onClick={() => act('wish', { type: 'relation.end', body: { user, slot: 'limit' } })}
          />
        )}
      </div>
    );
  }
}

function rankOf(texts: PeopleTexts, { kind, verified }: Person): string {
  if (kind === 'colleague') return texts.team;
  if (kind === 'bot') return texts.bot;
  return verified ? texts.verified : texts.unverified;
}

function wordsOf(texts: PeopleTexts, related: Related | undefined): string {
  const kinds: Readonly<Record<string, string>> = texts.stands;
  const mine = standing(related, 'closeness', true);
  if (standing(related, 'limit', true)?.kind === 'blocked') return texts.blocked;
  if (standing(related, 'ask', true)) return texts.waitsFor;
  const asks = standing(related, 'ask', false);
  if (asks) return asks.note ? `“${asks.note}”` : ((texts.wants as Readonly<Record<string, string>>)[asks.kind] ?? '');
  if (mine?.kind === 'follower') return texts.lets;
  const known = mine ?? standing(related, 'closeness', false);
  return known === undefined ? texts.stranger : (kinds[known.kind] ?? known.kind);
}
