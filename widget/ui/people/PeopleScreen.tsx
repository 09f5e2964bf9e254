import { Component, type JSX } from 'preact';
import type { Related } from '../../../protocol/facts.ts';
import { withName } from '../../i18n/texts.ts';
import type { PartProps } from '../env.ts';
import { Empty, Loading } from '../Words.tsx';
import { Act, PersonRow } from './PersonRow.tsx';
import { type PeopleTexts, peopleTexts } from './people-texts.ts';
import { presenceWords } from './presence-words.ts';
import { sorted, standing } from './standing.ts';
import { Top } from './Top.tsx';

interface State {
  readonly needle: string;
}

/** Everybody with whom something stands: who waits for an answer first. */
export class PeopleScreen extends Component<PartProps, State> {
  override state: State = { needle: '' };

  override render({ env, view, back }: PartProps, { needle }: State): JSX.Element {
    const texts = peopleTexts(env);
    const { features } = env;
    const { requests, yours, asked, apart } = sorted(view, features.has('people') ? needle : undefined);
    const invites = features.has('groups') && needle === '' ? view.invites.length : 0;
    const some = requests.length + yours.length + asked.length + apart.length + invites > 0;
    return (
      <div class="pane people">
        <Top env={env} title={texts.people} back={back}>
          {features.has('groups') && (
            <Act label={texts.newGroup} onClick={() => env.act('screen.show', { at: 'new-group' })} />
          )}
        </Top>
        {(some || needle !== '') && (
          <input
            type="search"
            class="search"
            part="search"
            aria-label={texts.search}
            placeholder={texts.search}
            value={needle}
            onInput={({ currentTarget }) => this.setState({ needle: currentTarget.value })}
          />
        )}
        <div class="scroll">
          {features.has('profile') && needle === '' && view.me && (
            <ul>
              <PersonRow
                env={env}
                view={view}
                person={view.me}
                mark={texts.me}
                line={presenceWords(env, view, view.me.id)}
                onClick={() => env.act('screen.show', { at: 'me' })}
              />
            </ul>
          )}
          {this.section(texts.requests, requests, (one) => this.request(one))}
          {invites > 0 && this.invitations()}
          {this.section(texts.yours, yours, (one) => (
            <PersonRow
              key={one.person.id}
              env={env}
              view={view}
              person={one.person}
              line={presenceWords(env, view, one.person.id) || lineOf(texts, one)}
            />
          ))}
          {this.section(texts.asked, asked, (one) => this.asked(one))}
          {apart.length > 0 && (
            <details class="more fold" open={needle !== ''}>
              <summary>{texts.apart}</summary>
              <ul>{apart.map((one) => this.apart(one))}</ul>
            </details>
          )}
          {!some &&
            (needle !== '' ? (
              <Empty title={texts.noMatch} />
            ) : view.relatedListed || !features.has('people') ? (
              <Empty title={texts.nobody} line={texts.nobodyLine} />
            ) : (
              <Loading rows words={env.texts.slow} />
            ))}
        </div>
      </div>
    );
  }

  private section(title: string, people: readonly Related[], row: (one: Related) => JSX.Element): JSX.Element | null {
    if (people.length === 0) return null;
    return (
      <section>
        <h3>{title}</h3>
        <ul>{people.map(row)}</ul>
      </section>
    );
  }

  private request(one: Related): JSX.Element {
    const { env, view } = this.props;
    const texts = peopleTexts(env);
    const { id: user, name } = one.person;
    const asked = standing(one, 'ask', false);
    const kinds: Readonly<Record<string, string>> = texts.wants;
    const wants = kinds[asked?.kind ?? ''] ?? withName(texts.other, asked?.kind ?? '');
    return (
      <PersonRow key={user} env={env} view={view} person={one.person} long line={asked?.note ?? wants}>
        <Act
          strong
          label={texts.accept}
          about={name}
          onClick={() => env.act('wish', { type: 'relation.accept', body: { user } })}
        />
        <Act
          label={texts.decline}
          about={name}
          onClick={() => env.act('wish', { type: 'relation.decline', body: { user } })}
        />
      </PersonRow>
    );
  }

  private invitations(): JSX.Element | null {
    const { env, view } = this.props;
    if (view.invites.length === 0) return null;
    const texts = peopleTexts(env);
    return (
      <section>
        <h3>{texts.invitations}</h3>
        <ul>
          {view.invites.map(({ conversation, name = '', by }) => (
            <PersonRow
              key={conversation}
              env={env}
              view={view}
              person={{ ...by, id: conversation, name: name || by.name }}
              onClick={() => env.act('screen.show', { at: 'person', user: by.id })}
              line={withName(texts.invitedBy, by.name)}
            >
              <Act
                strong
                label={texts.join}
                about={name}
                onClick={() => env.act('wish', { type: 'conversation.join', body: { conversation } })}
              />
              <Act
                label={texts.decline}
                about={name}
                onClick={() => env.act('wish', { type: 'conversation.decline', body: { conversation } })}
              />
            </PersonRow>
          ))}
        </ul>
      </section>
    );
  }

  private asked(one: Related): JSX.Element {
    const { env, view } = this.props;
    const texts = peopleTexts(env);
    const { id: user, name } = one.person;
    return (
      <PersonRow key={user} env={env} view={view} person={one.person} line={texts.waitsFor}>
        <Act
          label={texts.withdraw}
          about={name}
          onClick={() => env.act('wish', { type: 'relation.withdraw', body: { user } })}
        />
      </PersonRow>
    );
  }

  private apart(one: Related): JSX.Element {
    const { env, view } = this.props;
    const texts = peopleTexts(env);
    const { id: user, name } = one.person;
    const slot = standing(one, 'limit', true) === undefined ? 'notice' : 'limit';
    const label = slot === 'notice' ? texts.unmute : texts.unblock;
    const { blocked, distant, muted } = texts;
    const kinds: Readonly<Record<string, string>> = { blocked, distant, muted };
    const apart = kinds[standing(one, slot, true)?.kind ?? ''];
    return (
      <PersonRow key={user} env={env} view={view} person={one.person} line={apart}>
        <Act
          label={label}
          about={name}
          onClick={() => env.act('wish', { type: 'relation.end', body: { user, slot } })}
        />
      </PersonRow>
    );
  }
}

function lineOf(texts: PeopleTexts, one: Related): string {
  const kinds: Readonly<Record<string, string>> = texts.kinds;
  const mine = standing(one, 'closeness', true)?.kind;
  const theirs = standing(one, 'closeness', false)?.kind ?? '';
  if (mine === undefined) return kinds[theirs] ?? theirs;
  return mine === 'follower' ? texts.kinds.followed : (kinds[mine] ?? mine);
}
