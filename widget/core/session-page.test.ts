import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { type Chatting, chatting } from './staged-chat.ts';
import { fact, message, openedPage, person, tick } from './staged-friend.ts';

type PageEvent = 'offline' | 'online' | 'back';

/** A chat in a page whose events the test plays. */
function inPage(): Pick<Chatting<FakeClock>, 'chat' | 'friend'> & {
  hears(event: PageEvent): void;
  readonly listening: () => boolean;
} {
  let heard: ((event: PageEvent) => void) | undefined;
  const listen = (told: (event: PageEvent) => void): (() => void) => {
    heard = told;
    return () => {
      heard = undefined;
    };
  };
  const { chat, friend } = chatting(new FakeClock(), 'room:lobby', new Map(), { page: { listen } });
  return { chat, friend, hears: (event) => heard?.(event), listening: () => heard !== undefined };
}

test('listens to the page from the first intent until it is destroyed', async () => {
  const { chat, listening } = inPage();
  expect(listening()).toBe(false);

  chat.act('panel.open', {});
  expect(listening()).toBe(true);
  await chat.destroy();

  expect(listening()).toBe(false);
});

test('says offline at once when the browser does, and dials at once when the network is back', async () => {
  const { chat, friend, hears } = inPage();
  chat.act('panel.open', {});
  await friend.welcomes();
  friend.answersPings = false;

  hears('offline');
  expect(chat.view.link).toEqual({ state: 'offline', before: true });
  friend.ends('lost');
  expect(chat.view.link.state).toBe('offline');
  const { dials } = friend;
  hears('online');

  expect(friend.dials).toBe(dials + 1);
  expect(chat.view.link.state).toBe('connecting');
  await friend.welcomes();
  expect(chat.view.link.state).toBe('online');
});

test('believes the server more than the browser: what still answers is online', async () => {
  const { chat, friend, hears } = inPage();
  chat.act('panel.open', {});
  await friend.welcomes();

  hears('offline');
  await tick();

  expect(chat.view.link.state).toBe('online');
  expect(friend.dials).toBe(1);
});

test('does not take the server for the friend, who is not there', async () => {
  const { chat, friend, hears } = inPage();
  chat.act('panel.open', {});
  await friend.welcomes();
  friend.bounces();

  hears('offline');
  await tick();

  expect(chat.view.link.state).toBe('offline');
});

test('suspects no message of a stream that went down without a network', async () => {
  const { chat, friend, hears } = inPage();
  chat.act('message.send', { ref: 'room:lobby', text: 'hello' });
  for (let loss = 0; loss < 3; loss += 1) {
    await friend.welcomes();
    hears('offline');
    friend.ends('lost');
    hears('online');
  }

  expect(chat.view.waiting).toMatchObject([{ text: 'hello', state: 'waiting' }]);
});

test('gives up what was dialled before the network came back', async () => {
  const { chat, friend, hears } = inPage();
  chat.act('panel.open', {});

  hears('online');
  await tick();

  expect(friend.dials).toBe(2);
});

test('does not dial where that was refused, whatever the page says', async () => {
  const { chat, friend, hears } = inPage();
  chat.act('panel.open', {});
  friend.ends('refused');

  for (const event of ['offline', 'online', 'back'] as const) hears(event);
  await tick();

  expect(friend.dials).toBe(1);
  expect(chat.view.link.state).toBe('refused');
});

test('changes nothing but labels where the clock is two days wrong, or jumps by two days', async () => {
  const day = 86_400_000;
  const played = await Promise.all(
    [
      [0, 0],
      [-2 * day, 0],
      [2 * day, 0],
      [0, 2 * day],
      [0, -2 * day],
    ].map(([wrong = 0, jump = 0]) => play(wrong, jump)),
  );

  const [right, ...others] = played;
  for (const other of others) expect(other.story).toEqual(right?.story);
  expect(played.map(({ offset }) => offset)).toEqual([0, 2 * day, -2 * day, 0, 0]);
});

/** One story told to a device whose clock is `wrong`, and jumps in the middle of it. */
async function play(wrong: number, jump: number): Promise<{ readonly story: object; readonly offset: number }> {
  const now = 1_800_000_000_000;
  const fake = new FakeClock(now + wrong);
  let jumped = 0;
  const clock = { now: () => fake.now() + jumped, after: fake.after.bind(fake) };
  const { chat, friend } = chatting(clock);
  const frames: unknown[] = [];
  const heard = (): void => {
    frames.push(...friend.actions.map(({ type, body }) => ({ type, body: { ...body, secret: '' } })));
    friend.forget();
  };
  chat.act('message.send', { ref: 'room:lobby', text: 'one' });
  friend.up();
  await tick();
  const { id } = friend.last('message.send');
  const answer = { version: 1, user: person('u_me'), now };
  friend.tells(fact('connection.opened', answer, friend.last('connection.open').id));
  friend.tells(
    ...openedPage({ to: 3 }, [message(1), message(2), message(3)], { re: friend.last('conversation.open').id }),
  );
  friend.tells(message(4, { by: 'u_me', re: id }));
  await tick();
  heard();
  chat.act('composer.changed', { ref: 'c_1', empty: false });
  jumped = jump;
  for (let second = 0; second < 4; second += 1) {
    fake.pass(1_000);
    await tick();
  }
  chat.act('composer.changed', { ref: 'c_1', empty: false });
  friend.tells(message(6));
  fake.pass(400);
  chat.act('message.send', { ref: 'c_1', text: 'two' });
  await tick();
  heard();
  fake.pass(10_000);
  await tick();
  const { waiting, clockOffset, ...view } = chat.view;
  const written = waiting.map(({ text, state }) => ({ text, state }));
  const ids = JSON.stringify({ frames, view, written, dials: friend.dials });
  return { story: JSON.parse(ids.replaceAll(id, 'ID')) as object, offset: clockOffset };
}
