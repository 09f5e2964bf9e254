import type { JSX } from 'preact';
import type { Case } from '../../../protocol/desk.ts';
import { Avatar } from '../../../widget/ui/Avatar.tsx';
import { isOf } from '../desk/views.ts';
import { colleagueName, type Drawn, filled } from './drawn.ts';
import { Tool } from './Glyph.tsx';

/** Whose case it is, who has it, and what is most often done with it. */
export function CaseHeader(drawn: Drawn & { readonly one: Case | undefined }): JSX.Element {
  const { env, view, desk, screen, one } = drawn;
  const { say, deeds } = env;
  const me = desk.shown?.me.user ?? '';
  const isOpen = one !== undefined && one.state !== 'closed';
  return (
    <header class="header case-header">
      <Tool name="back" label={env.texts.back} kind="back only-one" onClick={() => deeds.open(undefined)} />
      {one && (
        <>
          <span class="faces" aria-hidden="true">
            <Avatar
              id={one.visitor.user}
              name={one.visitor.name}
              src={env.picture(one.visitor.avatar)}
              show={view.presence[one.visitor.user]?.show}
            />
          </span>
          <div class="heading">
            <h2>
              <bdi>{one.visitor.name}</bdi>
            </h2>
            <p>{stateOf(drawn, one)}</p>
          </div>
          <div class="case-tools">
            {isOpen && isOf(me, one) && (
              <>
                <Tool
                  name="assign"
                  label={say.assign}
                  keys="A"
                  kind="only-roomy"
                  onClick={() => deeds.over('assign')}
                />
                <Tool name="move" label={say.move} kind="only-roomy" onClick={() => deeds.over('move')} />
                <Tool
                  name="snoozed"
                  label={say.snooze}
                  keys="S"
                  kind="only-roomy"
                  onClick={() => deeds.over('snooze')}
                />
                <Tool name="closed" label={say.close} keys="E" onClick={() => deeds.close()} />
              </>
            )}
            <Tool
              name="details"
              label={say.details}
              keys="I"
              kind="only-without-side"
              pressed={screen.details}
              onClick={() => deeds.look({ details: !screen.details })}
            />
          </div>
        </>
      )}
    </header>
  );
}

/** Where it stands, in words. */
function stateOf(drawn: Drawn, one: Case): string {
  const { env, view, desk } = drawn;
  const { say } = env;
  const typing = view.conversations[one.conversation]?.typing ?? [];
  if (typing.includes(one.visitor.user)) return filled(say.visitorWrites, { name: one.visitor.name });
  const queue = desk.shown?.queues.find(({ id }) => id === one.queue)?.name;
  const holder =
    one.state !== 'assigned'
      ? say[one.state]
      : one.assignee === desk.shown?.me.user
        ? say.youHave
        : filled(say.has, { name: colleagueName(drawn, one.assignee ?? '') });
  const name = one.visitor.verified ? undefined : say.unsignedName;
  return [holder, queue, name].filter((word) => word !== undefined).join(' · ');
}
