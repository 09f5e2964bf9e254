import type { AtDesk, DeskActions } from '../../../protocol/desk.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import type { AdHocCommand, Step } from '../command-step.ts';
import type { AdHocNode } from './ad-hoc-nodes.ts';
import type { Form } from './data-form.ts';
import type { Desk } from './desk.ts';
import { cardOf, caseLine, reasonOf } from './desk-words.ts';
import { snoozedUntil } from './snooze.ts';
import { targets } from './whom.ts';

const snoozes = { '1h': 'for an hour', '3h': 'for three hours', tomorrow: 'until tomorrow', '1w': 'for a week' };

/** Ad-hoc commands of colleagues, by their nodes. */
export const adHocCommands: Readonly<Record<AdHocNode, AdHocCommand>> = {
  cases: {
    async begin({ desk, now }) {
      const waiting = await desk.listed('waiting');
      if (!waiting.ok) return failed(waiting.code);
      const options = waiting.body.cases.map((one) => ({ label: caseLine(one, now), value: one.conversation }));
      if (options.length === 0) return { is: 'done', words: 'Nobody waits.' };
      return asks('Cases that wait', { var: 'case', label: 'Take', type: 'list-single', options });
    },
    complete: ({ desk }, { case: conversation = '' }) =>
      wishes(desk, 'desk.take', { conversation }, 'The case is yours.'),
  },
  available: {
    async begin({ desk }) {
      const shown = await desk.shown();
      if (!shown.ok) return failed(shown.code);
      const { me } = shown.body;
      const label = `I take new cases (I have ${me.load} of ${me.capacity})`;
      return asks('At the desk', { var: 'available', label, type: 'boolean', value: me.available ? '1' : '0' });
    },
    async complete({ desk }, { available = '' }) {
      if (!/^(0|1|true|false)$/.test(available)) return undefined;
      const isOn = available === '1' || available === 'true';
      const words = isOn ? 'You take new cases.' : 'You take no new cases.';
      return wishes(desk, 'desk.available', { available: isOn }, words);
    },
  },
  take: {
    async begin({ desk, conversation }) {
      const opened = await desk.opened(conversation);
      if (!opened.ok) return failed(opened.code);
      const from = opened.body.case.assignee;
      const words = `${opened.body.case.visitor.name} is yours.`;
      if (from === undefined) return wishes(desk, 'desk.take', { conversation }, words);
      const [name] = await namesOf(desk, from);
      return asks(`${name} has this case`, { var: 'over', label: 'Take it over', type: 'boolean', value: '0' });
    },
    async complete({ desk, conversation }, { over = '' }) {
      if (over !== '1' && over !== 'true') return { is: 'done', words: 'Nothing was changed.' };
      const opened = await desk.opened(conversation);
      if (!opened.ok) return failed(opened.code);
      const from = opened.body.case.assignee;
      const body = from === undefined ? { conversation } : { conversation, from };
      return wishes(desk, 'desk.take', body, `${opened.body.case.visitor.name} is yours.`);
    },
  },
  transfer: {
    begin: ({ desk }) => asksWhom(desk, 'Give this case on', () => true),
    complete: async ({ desk, conversation }, { to = '' }) => {
      const [, kind, id = ''] = /^(user|queue):(.+)$/.exec(to) ?? [];
      if (kind === 'queue') return wishes(desk, 'desk.move', { conversation, queue: id }, 'It waits there now.');
      return kind === 'user' ? wishes(desk, 'desk.assign', { conversation, to: id }, 'It was given on.') : undefined;
    },
  },
  invite: {
    begin: ({ desk }) => asksWhom(desk, 'Ask a colleague in', (value) => value.startsWith('user:')),
    complete: async ({ desk, conversation }, { to = '' }) => {
      const [, user] = /^user:(.+)$/.exec(to) ?? [];
      return user === undefined
        ? undefined
        : wishes(desk, 'desk.invite', { conversation, user }, 'The colleague was asked in.');
    },
  },
  note: {
    begin: () =>
      Promise.resolve(asks('A note that only colleagues see', { var: 'text', label: 'Note', type: 'text-multi' })),
    complete: async ({ desk, conversation }, { text = '' }) =>
      text.trim() === '' ? undefined : wishes(desk, 'desk.note', { conversation, text }, 'Noted.'),
  },
  snooze: {
    begin: () => {
      const options = Object.entries(snoozes).map(([value, label]) => ({ value, label }));
      return Promise.resolve(
        asks('Set this case aside', { var: 'span', label: 'For how long', type: 'list-single', options, value: '1h' }),
      );
    },
    complete: async ({ desk, conversation, now, zone }, { span = '' }) => {
      const until = snoozedUntil(span, now, zone);
      return until === undefined
        ? undefined
        : wishes(desk, 'desk.snooze', { conversation, until }, 'It is set aside, or until the visitor writes.');
    },
  },
  close: { begin: ({ desk, conversation }) => wishes(desk, 'desk.close', { conversation }, 'Closed.') },
  reopen: { begin: ({ desk, conversation }) => wishes(desk, 'desk.reopen', { conversation }, 'It is open again.') },
  who: {
    async begin({ desk, conversation, me, now }) {
      const [opened, shown] = await Promise.all([desk.opened(conversation), desk.shown()]);
      if (!opened.ok) return failed(opened.code);
      return { is: 'done', words: cardOf(opened.body, me, shown.ok ? shown.body.colleagues : [], now) };
    },
  },
};

function asks(title: string, ...fields: Form['fields']): Step {
  return { is: 'form', form: { title, fields } };
}

async function asksWhom(desk: Desk, title: string, fits: (value: string) => boolean): Promise<Step> {
  const shown = await desk.shown();
  if (!shown.ok) return failed(shown.code);
  const busy = (user: string): string => {
    const { available, load, capacity } = shown.body.colleagues.find((one) => one.user === user) ?? shown.body.me;
    return available ? `has ${load} of ${capacity}` : 'is away';
  };
  const options = targets(shown.body)
    .map((target) =>
      target.is === 'queue'
        ? { label: `Queue ${target.name}`, value: `queue:${target.queue}` }
        : { label: `${target.name} (${busy(target.user)})`, value: `user:${target.user}` },
    )
    .filter(({ value }) => fits(value));
  return asks(title, { var: 'to', label: 'To', type: 'list-single', options });
}

async function namesOf(desk: Desk, ...users: readonly string[]): Promise<string[]> {
  const shown = await desk.shown();
  const colleagues: readonly AtDesk[] = shown.ok ? shown.body.colleagues : [];
  return users.map((user) => colleagues.find((one) => one.user === user)?.name ?? 'A colleague');
}

async function wishes<T extends keyof DeskActions>(
  desk: Desk,
  type: T,
  body: DeskActions[T],
  words: string,
): Promise<Step> {
  const code = await desk.wish(type, body);
  return code === undefined ? { is: 'done', words } : failed(code);
}

function failed(code: ErrorCode): Step {
  return { is: 'done', words: reasonOf(code), failed: true };
}
