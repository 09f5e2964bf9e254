import type { Clock } from './ports.ts';
import { type Chatting, chatting } from './staged-chat.ts';
import { fact, message, openedPage, person, type StagedFriend, tick } from './staged-friend.ts';

/** The secret that this device was known by before. */
export const old = 'o'.repeat(43);
/** A token that the friend takes. */
export const token = 'a.good.token';
/** Milliseconds. */
export const day = 86_400_000;

/** Somebody who is online as `u_me` and holds messages of `c_1`. */
export async function visitor<C extends Clock>(
  clock: C,
  more: Parameters<typeof chatting>[3] = {},
): Promise<Chatting<C>> {
  const all = chatting(clock, 'support', new Map([['secret', old]]), more);
  all.chat.act('panel.open', {});
  await all.friend.welcomes();
  all.friend.tells(...openedPage({ to: 1 }, [message(1)], { re: all.friend.last('conversation.open').id }));
  await tick();
  all.friend.forget();
  return all;
}

/** Time goes by as it does: whoever answers at once does so in between. */
export async function passes(clock: { pass(ms: number): void }, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    clock.pass(500);
    await tick();
  }
}

/** The friend takes the token: `user` is here from now on. */
export async function identified(friend: StagedFriend, user: string, until = 30 * day): Promise<void> {
  await tick();
  const { id } = friend.last('user.identify');
  friend.tells(fact('user.identified', { user: person(user), until }, id));
  await tick();
}

/** The friend greets, and answers the opening that follows. */
export async function greets(friend: StagedFriend, user: string): Promise<void> {
  friend.forget();
  friend.tells(fact('friend.hello', {}));
  await tick();
  friend.tells(
    fact('connection.opened', { version: 1, user: person(user), now: 0 }, friend.last('connection.open').id),
  );
  await tick();
}
