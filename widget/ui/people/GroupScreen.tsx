import { Component, type JSX } from 'preact';
import type { Membership } from '../../../protocol/facts.ts';
import type { Conversation } from '../../core/view.ts';
import { withCount, withName } from '../../i18n/texts.ts';
import { Avatar } from '../Avatar.tsx';
import type { PartProps } from '../env.ts';
import { titleOf } from '../env.ts';
import { Loading } from '../Words.tsx';
import { GroupMenu } from './GroupMenu.tsx';
import { GroupSheet } from './GroupSheet.tsx';
import type { GroupSheetName } from './group-choices.ts';
import { Act, PersonRow } from './PersonRow.tsx';
import { peopleTexts } from './people-texts.ts';
import { presenceWords } from './presence-words.ts';
import { may } from './rights.ts';
import { Top } from './Top.tsx';

interface Props extends PartProps {
  readonly id: string;
}

interface State {
  readonly sheet?: GroupSheetName | undefined;
  /** Who was sent away, until the friend has said so, or has refused it. */
  readonly leaving: readonly string[];
}

/** A group: what it is called, who is in it, and what one's role allows. */
export class GroupScreen extends Component<Props, State> {
  override state: State = { leaving: [] };

  override componentDidUpdate({ view: { members, notice }, id }: Props): void {
    const { view } = this.props;
    if (view.members[id] !== members[id] || (view.notice && view.notice !== notice)) this.setState({ leaving: [] });
  }

  override render({ env, view, back, id }: Props, { sheet, leaving }: State): JSX.Element {
    const texts = peopleTexts(env);
    const group = view.conversations[id];
    if (group === undefined)
      return (
        <div class="pane people">
          <Top env={env} title={texts.group} back={back} />
          <Loading words={env.texts.slow} />
        </div>
      );
    const name = titleOf(view, id, group, env);
    const count = group.members ?? group.people.length + Number(group.member);
    const show = (next?: GroupSheetName): void => this.setState({ sheet: next });
    return (
      <div class="pane people">
        <Top env={env} title={texts.group} back={back} />
        <div class="scroll card">
          <Avatar id={id} name={name} />
          <h3>
            <bdi>{name}</bdi>
          </h3>
          <p class="quiet">
            {withCount(texts.count, count, env.locale)} · {group.public ? texts.public : texts.private}
          </p>
          <div class="acts">
            {!group.member && (
              <Act
                strong
                label={texts.join}
                onClick={() => env.act('wish', { type: 'conversation.join', body: { conversation: id } })}
              />
            )}
            {group.member && may(group.role, 'invite') && (
              <Act strong label={texts.addPeople} onClick={() => show('add')} />
            )}
            {group.member && may(group.role, 'settings') && <Act label={texts.link} onClick={() => show('link')} />}
          </div>
          {group.member && <GroupMenu env={env} view={view} group={group} onSheet={show} />}
          {this.members(group, show)}
        </div>
        <GroupSheet
          env={env}
          view={view}
          group={group}
          name={name}
          sheet={sheet}
          onSheet={show}
          onRemoved={(user) => this.setState({ leaving: [...leaving, user] })}
        />
      </div>
    );
  }

  private members(group: Conversation, show: (sheet: GroupSheetName) => void): JSX.Element {
    const { env, view, id } = this.props;
    const texts = peopleTexts(env);
    const { list = [], next } = view.members[id] ?? {};
    return (
      <section>
        <h3>{texts.members}</h3>
        <ul>{list.map((member) => this.member(group, member, show))}</ul>
        {next !== undefined && (
          <button type="button" class="do wide" onClick={() => env.act('members.more', { id })}>
            {texts.moreMembers}
          </button>
        )}
      </section>
    );
  }

  private member(group: Conversation, { person, role }: Membership, show: (sheet: GroupSheetName) => void) {
    const { env, view } = this.props;
    const texts = peopleTexts(env);
    const roles: Readonly<Record<string, string>> = texts.roles;
    const isMe = person.id === view.me?.id;
    const mayAlter = !isMe && (role === 'banned' || may(group.role, 'remove', role) || may(group.role, 'roles', role));
    const profile = env.features.has('people') && !isMe;
    const isLeaving = this.state.leaving.includes(person.id);
    return (
      <PersonRow
        key={person.id}
        env={env}
        view={view}
        person={person}
        mark={role === 'member' ? undefined : (roles[role] ?? role)}
        line={isMe ? texts.me : presenceWords(env, view, person.id) || (person.verified ? '' : texts.unverified)}
        {...(profile ? {} : { onClick: () => (isMe ? env.act('screen.show', { at: 'me' }) : undefined) })}
      >
        {mayAlter && (
          <button
            type="button"
            class="tool"
            aria-label={withName(texts.options, person.name)}
            aria-disabled={isLeaving}
            onClick={() => isLeaving || show({ member: person, role })}
          >
            <b aria-hidden="true">⋯</b>
          </button>
        )}
      </PersonRow>
    );
  }
}
