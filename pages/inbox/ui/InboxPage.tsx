import type { JSX } from 'preact';
import { CasePane } from './CasePane.tsx';
import { Cases } from './Cases.tsx';
import { colleagueName, type Drawn, filled } from './drawn.ts';
import { Overs } from './Overs.tsx';
import { Rail } from './Rail.tsx';

/** All that a colleague sees: where the work lies, the cases of one place, and the conversation of one of them. */
export function InboxPage(drawn: Drawn): JSX.Element {
  const { env, desk, screen } = drawn;
  const { news, named = {} } = desk;
  const [conversation, naming] = Object.entries(named).at(-1) ?? [];
  const visitor = desk.cases[conversation ?? '']?.visitor.name ?? '';
  const queue = desk.shown?.queues.find(({ id }) => id === news?.queue)?.name ?? env.say.waiting;
  return (
    <main class={screen.shown === undefined ? 'inbox at-list' : 'inbox at-case'}>
      <Rail {...drawn} />
      <Cases {...drawn} />
      <CasePane {...drawn} />
      <Overs {...drawn} />
      <div class="sr" role="status">
        {news && filled(env.say.newCase, { queue, name: news.visitor.name })}
      </div>
      <div class="sr" role="status">
        {naming && filled(env.say.namedBy, { name: colleagueName(drawn, naming.by), visitor })}
      </div>
    </main>
  );
}
