import type { JSX } from 'preact';
import type { Conversation, View } from '../../core/view.ts';
import { withName } from '../../i18n/texts.ts';
import type { Env } from '../env.ts';
import { muteSpans } from '../mute-spans.ts';
import { AddPeople } from './AddPeople.tsx';
import { type GroupSheetName, slowModes } from './group-choices.ts';
import { InviteLink } from './InviteLink.tsx';
import { most } from './most.ts';
import { peopleTexts } from './people-texts.ts';
import { type Choice, Choices, Confirm, Write } from './Questions.tsx';
import { givenRoles, may } from './rights.ts';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly group: Conversation;
  readonly name: string;
  readonly sheet: GroupSheetName | undefined;
  readonly onSheet: (name?: GroupSheetName) => void;
  /** Somebody is sent away. */
  readonly onRemoved: (user: string) => void;
}

/** The sheet of a group that is open; nothing where none is. */
export function GroupSheet(props: Props): JSX.Element | null {
  const { env, view, group, name, sheet, onSheet } = props;
  const texts = peopleTexts(env);
  const { id: conversation } = group;
  const done = (): void => onSheet();
  if (sheet === undefined) return null;
  if (sheet === 'add') return <AddPeople env={env} view={view} group={conversation} onDone={done} />;
  if (sheet === 'link') return <InviteLink env={env} view={view} group={conversation} onDone={done} />;
  if (sheet === 'rename') {
    const rename = (text: string): void =>
      env.act('wish', { type: 'conversation.set', body: { conversation, name: text } });
    const { rename: label, groupName: words, save: yes } = texts;
    return (
      <Write env={env} {...{ label, words, yes }} value={name} most={most.name} onWritten={rename} onDone={done} />
    );
  }
  if (sheet === 'slow') {
    const choices = slowModes(texts).map(([slow, label]) => ({
      label,
      chosen: slow === (group.slow ?? 0),
      onChosen: () => env.act('wish', { type: 'conversation.set', body: { conversation, slow } }),
    }));
    return <Choices env={env} label={texts.slow} choices={choices} onDone={done} />;
  }
  if (sheet === 'mute') {
    const until = muteSpans(env.now() + view.clockOffset);
    const choices = (['hour', 'hours', 'always'] as const).map((span) => ({
      label: texts.muteFor[span],
      onChosen: () => env.act('wish', { type: 'conversation.prefer', body: { conversation, mutedUntil: until[span] } }),
    }));
    return <Choices env={env} label={texts.silence} choices={choices} onDone={done} />;
  }
  if (sheet === 'leave') {
    const leave = (): void => env.act('wish', { type: 'conversation.leave', body: { conversation } });
    return <Confirm env={env} words={withName(texts.leaveSure, name)} yes={texts.leave} onYes={leave} onDone={done} />;
  }
  return memberSheet(props, sheet);
}

function memberSheet({ env, group, onSheet, onRemoved }: Props, sheet: Exclude<GroupSheetName, string>): JSX.Element {
  const texts = peopleTexts(env);
  const { member, role, sure } = sheet;
  const body = { conversation: group.id, user: member.id };
  const done = (): void => onSheet();
  if (sure !== undefined) {
    const words = withName(sure === 'ban' ? texts.banSure : texts.removeSure, member.name);
    const remove = (): void => {
      onRemoved(member.id);
      env.act('wish', { type: 'member.remove', body: { ...body, ...(sure === 'ban' ? { ban: true } : {}) } });
    };
    return <Confirm env={env} words={words} yes={texts[sure]} onYes={remove} onDone={done} />;
  }
  const roles: Readonly<Record<string, string>> = texts.roles;
  const given = givenRoles.filter((other) => other !== role && may(group.role, 'roles', other));
  const choices: Choice[] = [
    ...(role === 'banned'
      ? [{ label: texts.unban, onChosen: () => env.act('wish', { type: 'member.unban', body }) }]
      : []),
    ...(may(group.role, 'roles', role) ? given : []).map((other) => ({
      label: withName(texts.makeRole, roles[other] ?? other),
      onChosen: () => env.act('wish', { type: 'member.set', body: { ...body, role: other } }),
    })),
    ...(['remove', 'ban'] as const)
      .filter((right) => may(group.role, right, role))
      .map((right) => ({
        label: texts[right],
        danger: true,
        onChosen: () => onSheet({ member, role, sure: right }),
      })),
  ];
  return <Choices env={env} label={member.name} choices={choices} onDone={done} />;
}
