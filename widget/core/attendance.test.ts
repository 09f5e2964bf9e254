import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import type { Chat } from './chat.ts';
import { chatting } from './staged-chat.ts';
import { fact, head, person, type StagedFriend, tick } from './staged-friend.ts';

const minute = 60_000;

interface Attending {
  readonly chat: Chat;
  readonly friend: StagedFriend;
  readonly clock: FakeClock;
  /** The person does something, or the page goes out of sight. */
  look(looked: boolean): void;
}

/** Somebody who is online, in a page of his own; pages with the same `kept` are tabs of one browser. */
async function attending(
  kept = new Map<string, string>(),
  clock = new FakeClock(),
  shows?: () => readonly string[],
): Promise<Attending> {
  let heard: (looked: boolean) => void = () => undefined;
  const attend = (listener: (looked: boolean) => void): (() => void) => {
    heard = listener;
    return () => {
      heard = () => undefined;
    };
  };
  const { chat, friend } = chatting(clock, 'inbox', kept, { attend, ...(shows && { shows }) });
  chat.act('panel.open', {});
  await friend.welcomes();
  friend.forget();
  return { chat, friend, clock, look: (looked) => heard(looked) };
}

const direct = (other: string): ReturnType<typeof head> =>
  head(1, { id: `c_${other}`, kind: 'direct', people: [person(other)] });

/** Lets time pass, in steps in which the server can give its signs of life. */
async function pass({ clock }: Attending, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    clock.pass(Math.min(left, 1_000));
    await tick();
  }
}

async function watched({ clock, friend }: Attending): Promise<(readonly string[])[]> {
  clock.pass(300);
  await tick();
  const lists = friend.actions.flatMap((action) => (action.type === 'presence.watch' ? [action.body.users] : []));
  friend.forget();
  return lists;
}

async function idle({ friend }: Attending): Promise<boolean[]> {
  await tick();
  const said = friend.actions.flatMap((action) => (action.type === 'presence.idle' ? [action.body.idle] : []));
  friend.forget();
  return said;
}

test('looks at those one talks to directly, once for many changes, and again after each opening', async () => {
  const page = await attending();
  const { friend } = page;
  const before = await watched(page);

  friend.tells(fact('conversation.listed', { conversations: [direct('u_bob'), head(1)] }));
  friend.tells(fact('conversation.listed', { conversations: [direct('u_cleo')] }));
  const first = await watched(page);
  friend.tells(fact('typing.changed', { conversation: 'c_1', user: 'u_bob', on: true }));
  const unchanged = await watched(page);
  friend.ends('lost');
  page.chat.act('link.retry', {});
  await friend.welcomes();
  const again = await watched(page);

  expect([before, unchanged]).toEqual([[], []]);
  expect([first, again]).toEqual([[['u_bob', 'u_cleo']], [['u_bob', 'u_cleo']]]);
});

test('looks at those whom the page shows besides, each once', async () => {
  const page = await attending(undefined, undefined, () => ['u_vera', 'u_bob']);

  page.friend.tells(fact('conversation.listed', { conversations: [direct('u_bob')] }));

  expect(await watched(page)).toEqual([['u_bob', 'u_vera']]);
});

test.each([
  ['a person', { at: 'person', user: 'u_bob' }, ['u_bob']],
  ['the members of a group', { at: 'group', id: 'c_1' }, ['u_ann', 'u_cleo']],
  ['oneself', { at: 'me' }, ['u_me']],
] as const)('looks at %s while the screen shows that', async (_, screen, users) => {
  const page = await attending();
  const members = ['u_ann', 'u_cleo'].map((id) => ({ person: person(id), role: 'member' }));
  page.friend.tells(fact('member.listed', { conversation: 'c_1', members }));

  page.chat.act('screen.show', screen);
  const shown = await watched(page);
  page.chat.act('screen.show', { at: 'list' });
  const left = await watched(page);

  expect([shown, left]).toEqual([[users], [[]]]);
});

test('looks at nobody from a page that is out of sight, and at everybody anew when it is back', async () => {
  const page = await attending();
  page.look(false);
  page.friend.tells(fact('conversation.listed', { conversations: [direct('u_bob')] }));
  const hidden = await watched(page);
  page.look(true);
  const back = await watched(page);
  page.look(false);
  page.look(true);

  expect([hidden, back, await watched(page)]).toEqual([[], [['u_bob']], [['u_bob']]]);
});

test('knows what it was told of people, the newest of each', async () => {
  const { chat, friend } = await attending();

  friend.tells(
    fact('presence.listed', {
      people: [
        { user: 'u_bob', show: 'available' },
        { user: 'u_cleo', show: 'offline', seen: 5 },
      ],
    }),
  );
  friend.tells(fact('presence.changed', { user: 'u_bob', show: 'dnd', status: 'Busy' }));

  expect(chat.view.presence).toEqual({
    u_bob: { user: 'u_bob', show: 'dnd', status: 'Busy' },
    u_cleo: { user: 'u_cleo', show: 'offline', seen: 5 },
  });
});

test('is idle when nothing was done for five minutes, and here again with the first thing that is', async () => {
  const page = await attending();
  await pass(page, 4 * minute);
  page.look(true);
  await pass(page, 5 * minute - 1);
  const busy = await idle(page);
  await pass(page, 1);
  const rested = await idle(page);

  page.look(true);
  page.look(true);

  expect([busy, rested, await idle(page)]).toEqual([[], [true], [false]]);
});

test('is not idle in a tab while something is done in another', async () => {
  const [kept, clock] = [new Map<string, string>(), new FakeClock()];
  const [hidden, used] = [await attending(kept, clock), await attending(kept, clock)];
  hidden.look(false);
  for (let minutes = 0; minutes < 12; minutes += 1) {
    await pass(used, minute);
    used.look(true);
  }
  const busy = [await idle(hidden), await idle(used)];

  await pass(used, 5 * minute);

  expect(busy).toEqual([[], []]);
  expect([await idle(hidden), await idle(used)]).toEqual([[true], [true]]);
});

test('says again that it is idle where the connection is a new one', async () => {
  const page = await attending();
  await pass(page, 5 * minute);
  await idle(page);

  page.friend.ends('lost');
  page.chat.act('link.retry', {});
  await page.friend.welcomes();

  expect(await idle(page)).toEqual([true]);
});

test('leaves no timer and no listener behind', async () => {
  const page = await attending();

  await page.chat.destroy();
  page.look(true);

  expect(page.clock.waiting).toBe(0);
});
