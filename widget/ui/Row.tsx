import type { JSX } from 'preact';
import type { Person } from '../../protocol/facts.ts';
import type { Conversation, View } from '../core/view.ts';
import { withName } from '../i18n/texts.ts';
import { Bubble } from './Bubble.tsx';
import { type Env, isRich, nameOf } from './env.ts';
import { footer } from './renderer.ts';
import type { EventItem, Row } from './rows.ts';

interface Props {
  readonly env: Env;
  readonly view: View;
  readonly place: string;
  readonly conversation: Conversation | undefined;
}

/** One row as it is drawn. */
export function drawnRow({ env, view, place, conversation }: Props, row: Row): JSX.Element {
  const { texts } = env;
  if (row.kind === 'message') {
    const person = view.people[row.by ?? ''];
    return (
      <Bubble
        key={row.id}
        {...row}
        sought={view.sought?.seq === row.seq}
        env={env}
        place={place}
        // Only what is drawn of more than its own words changes with the rest of the view.
        view={isRich(row) || env.renderers?.has(footer) ? view : undefined}
        name={nameOf(env, view, row.by)}
        avatar={person?.avatar}
        role={roleOf(env, person, conversation)}
        named={conversation?.kind !== 'direct'}
      />
    );
  }
  const words =
    row.kind === 'day'
      ? env.times.day(row.at, env.now() + view.clockOffset)
      : row.kind === 'fresh'
        ? texts.fresh
        : eventWords(env, row.item);
  return (
    <p key={row.id} part="mark" class={`mark ${row.kind}`}>
      {words}
    </p>
  );
}

function eventWords({ texts }: Env, item: EventItem): string {
  if (item.kind === 'renamed') return withName(texts.renamed, item.name);
  return `${withName(texts[item.kind], item.person.name)} ${item.reason ?? ''}`.trim();
}

function roleOf({ texts }: Env, person: Person | undefined, conversation: Conversation | undefined): string {
  if (person?.kind === 'bot') return texts.bot;
  if (conversation?.kind !== 'group' || !person) return '';
  if (person.kind === 'colleague') return texts.team;
  return person.verified ? '' : texts.unverified;
}
