import { Component, type JSX } from 'preact';
import type { Related } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { enPeople as texts } from '../../i18n/en-people.ts';
import { withName } from '../../i18n/texts.ts';
import type { Env } from '../env.ts';
import { Empty, Loading } from '../Words.tsx';
import { Act, PersonRow } from './PersonRow.tsx';
import { sorted, standing } from './standing.ts';
import { Top } from './Top.tsx';

interface Props {
  readonly env: Env;
  readonly view: View;
}

interface State {
  readonly needle: string;
}

/** Everybody with whom something stands: who waits for an answer first. */
export class PeopleScreen extends Component<Props, State> {
  override state: State = { needle: '' };

  override render({ env, view }: Props, { needle }: State): JSX.Element {
    const { requests, yours, asked, apart } = sorted(view, needle);
    const some = requests.length + yours.length + asked.length + apart.length + view.invites.length > 0;
    return (
      <div class="pane people">
        <Top env={env} title={texts.people} back={{ at: 'list' }} backLabel={env.texts.back} />
        {(some || needle !== '') && (
          <input
            type="search"
            class="search"
            aria-label={texts.search}
            placeholder={texts.search}
            value={needle}
            onInput={({ currentTarget }) => this.setState({ needle: currentTarget.value })}
          />
        )}
        {some ? (
          <div class="scroll">
            {this.section(texts.requests, requests, (one) => this.request(one))}
            {this.invitations()}
            {this.section(texts.yours, yours, (one) => (
              <PersonRow key={one.person.id} env={env} person={one.person} line={lineOf(one)} />
            ))}
            {this.section(texts.asked, asked, (one) => this.asked(one))}
            {this.section(texts.apart, apart, (one) => this.apart(one))}
          </div>
        ) : !view.relatedListed ? (
          <Loading rows words={env.texts.slow} />
        ) : needle === '' ? (
          <Empty title={texts.nobody} line={texts.nobodyLine} />
        ) : (
          <Empty title={texts.noMatch} />
        )}
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
    const { env } = this.props;
    const { id: user, name } = one.person;
    const asked = standing(one, 'ask', false);
    const kinds: Readonly<Record<string, string>> = texts.wants;
    const wants = kinds[asked?.kind ?? ''] ?? withName(texts.other, asked?.kind ?? '');
    return (
      <PersonRow key={user} env={env} person={one.person} line={asked?.note ?? wants}>
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
    return (
      <section>
        <h3>{texts.invitations}</h3>
        <ul>
          {view.invites.map(({ conversation, name = '', by }) => (
            <PersonRow
              key={conversation}
              env={env}
              person={{ ...by, name: name || by.name }}
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
    const { env } = this.props;
    const { id: user, name } = one.person;
    return (
      <PersonRow key={user} env={env} person={one.person} line={texts.waitsFor}>
        <Act
          label={texts.withdraw}
          about={name}
          onClick={() => env.act('wish', { type: 'relation.withdraw', body: { user } })}
        />
      </PersonRow>
    );
  }

  private apart(one: Related): JSX.Element {
    const { env } = this.props;
    const { id: user, name } = one.person;
    const slot = standing(one, 'limit', true) === undefined ? 'notice' : 'limit';
    const label = slot === 'notice' ? texts.unmute : texts.unblock;
    return (
      <PersonRow key={user} env={env} person={one.person}>
        <Act
          label={label}
          about={name}
          onClick={() => env.act('wish', { type: 'relation.end', body: { user, slot } })}
        />
      </PersonRow>
    );
  }
}

function lineOf(one: Related): string {
  const mine = standing(one, 'closeness', true);
  const kinds: Readonly<Record<string, string>> = texts.stands;
  if (mine === undefined) return kinds[standing(one, 'closeness', false)?.kind ?? ''] ?? '';
  return mine.kind === 'follower' ? texts.lets : (kinds[mine.kind] ?? mine.kind);
}
