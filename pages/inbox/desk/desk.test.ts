import { expect, test } from 'vitest';
import type { AnyFact } from '../../../protocol/facts.ts';
import { FakeClock } from '../../../server/testing/fake-clock.ts';
import { caseOf, fact, shown } from '../stage.test.tsx';
import { Desk } from './desk.ts';
import { casesAt } from './views.ts';

/** A desk that is answered by what the test says of each type; `undefined` is no answer. */
function deskWith(answers: Readonly<Record<string, (body: { before?: string }) => AnyFact | undefined>>) {
  const asked: string[] = [];
  const clock = new FakeClock();
  const answer = async (type: string, body: unknown): Promise<AnyFact | undefined> => {
    asked.push(type);
    return answers[type]?.(body as never);
  };
  const desk = new Desk(
    {
      ask: answer,
      wish: async (type, body) => (await answer(type, body)) ?? fact('error', { code: 'busy' }),
      after: (ms, task) => clock.after(ms, task),
    },
    () => undefined,
  );
  return { desk, asked, clock };
}

test('asks for everything anew when a connection is open, and each list once', async () => {
  const { desk, asked } = deskWith({
    'desk.show': () => fact('desk.shown', shown),
    'desk.list': () => fact('desk.listed', { cases: [caseOf('Vera')] }),
  });

  await desk.begin({ view: 'mine' }, 'c_support_vera');

  expect(asked.sort()).toEqual(['desk.list', 'desk.list', 'desk.open', 'desk.show']);
  expect(desk.state.shown?.me.name).toBe('Kim Osei');
});

test('says nothing of a desk that is busy while it comes, and until then only after some seconds', async () => {
  const answers = [fact('error', { code: 'busy' }), fact('error', { code: 'busy' }), fact('desk.shown', shown)];
  const { desk, clock } = deskWith({ 'desk.show': () => answers.shift() });

  await desk.begin({ view: 'waiting' }, undefined);
  const { notice: atOnce } = desk.state;
  clock.pass(3_000);
  await desk.begin({ view: 'waiting' }, undefined);
  clock.pass(3_000);
  const { notice: later } = desk.state;
  await desk.begin({ view: 'waiting' }, undefined);

  expect([atOnce, later?.code, desk.state.notice]).toEqual([undefined, 'busy', undefined]);
});

test('reads the next page of a list from where the last one ended, and none where there is no more', async () => {
  const { desk, asked } = deskWith({
    'desk.list': ({ before }) =>
      before === undefined
        ? fact('desk.listed', { cases: [caseOf('One')], next: 'here' })
        : fact('desk.listed', { cases: [caseOf('Two')] }),
  });

  await desk.list({ view: 'closed' });
  await desk.list({ view: 'closed' }, true);
  await desk.list({ view: 'closed' }, true);

  expect(asked).toHaveLength(2);
  expect(Object.keys(desk.state.cases)).toEqual(['c_support_one', 'c_support_two']);
});

test('forgets what a list has no more when it is read anew, as far as it is read, and what comes meanwhile it keeps', async () => {
  const turnOf = (name: string, turn: number) => caseOf(name, { turn });
  const pages = [
    fact('desk.listed', { cases: [turnOf('One', 1), turnOf('Two', 2), turnOf('Four', 4), turnOf('Five', 5)] }),
    fact('desk.listed', { cases: [turnOf('One', 1), turnOf('Three', 3)], next: 'here' }),
    fact('desk.listed', { cases: [turnOf('Five', 5)] }),
  ];
  const { desk } = deskWith({
    'desk.list': () => {
      if (pages.length === 2) desk.hear(fact('desk.changed', turnOf('Fresh', 2.5)));
      return pages.shift();
    },
  });
  const waiting = () => casesAt(desk.state, { view: 'waiting' }).map(({ visitor }) => visitor.name);

  await desk.list({ view: 'waiting' });
  await desk.list({ view: 'waiting' });
  const anew = waiting();
  await desk.list({ view: 'waiting' }, true);

  expect(anew).toEqual(['One', 'Fresh', 'Three', 'Four', 'Five']);
  expect(waiting()).toEqual(['One', 'Fresh', 'Three', 'Five']);
});

test('asks where a case stands that is shown and is not in its list any more', async () => {
  const vera = caseOf('Vera');
  let now = vera;
  const { desk, asked } = deskWith({
    'desk.list': () => fact('desk.listed', { cases: now.state === 'waiting' ? [now] : [] }),
    'desk.open': () => fact('desk.case', { case: now, notes: [], before: 0 }),
  });
  await desk.list({ view: 'waiting' });
  await desk.open(vera.conversation);
  now = { ...vera, state: 'closed', since: vera.since + 1 };

  await desk.list({ view: 'waiting' });

  expect(asked.filter((type) => type === 'desk.open')).toHaveLength(2);
  expect(desk.state.cases[vera.conversation]?.state).toBe('closed');
});

test('says who was faster, from what the desk knows by then', async () => {
  const vera = caseOf('Vera');
  const { desk } = deskWith({
    'desk.take': () => fact('error', { code: 'too_late' }),
    'desk.open': () =>
      fact('desk.case', { case: { ...vera, state: 'assigned', assignee: 'u_lea' }, notes: [], before: 0 }),
  });

  const done = await desk.does('desk.take', { conversation: vera.conversation });

  expect(done).toBe(false);
  expect(desk.state.notice).toEqual({ code: 'lost', by: 'u_lea' });
});

test('says that nothing was sent where there is no link, and forgets it with the next deed', async () => {
  const { desk } = deskWith({});

  await desk.does('desk.close', { conversation: 'c_support_vera' });
  const { notice } = desk.state;
  desk.dismiss();

  expect(notice).toEqual({ code: 'offline' });
  expect(desk.state.notice).toBeUndefined();
});

test('keeps nothing of who was here before', async () => {
  const { desk } = deskWith({ 'desk.show': () => fact('desk.shown', shown) });
  await desk.begin({ view: 'waiting' }, undefined);

  desk.forget();

  expect(desk.state).toEqual({ cases: {}, lists: {} });
});
