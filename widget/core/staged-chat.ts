import { Chat, type ChatOptions } from './chat.ts';
import type { Clock } from './ports.ts';
import { countingRandom, keepIn, message, openedPage, StagedFriend, tick } from './staged-friend.ts';
import type { Conversation } from './view.ts';

/** A chat on a staged friend; `held` is the conversation `c_1`, `kept` what the chat wanted kept. */
export interface Chatting<C extends Clock> {
  readonly friend: StagedFriend;
  readonly clock: C;
  readonly chat: Chat;
  readonly kept: Map<string, string>;
  readonly held: Conversation;
}

/** One person's chat with a friend that the test plays. */
export function chatting<C extends Clock>(
  clock: C,
  conversation = 'room:lobby',
  kept: Map<string, string> = new Map(),
  more: Partial<ChatOptions> = {},
): Chatting<C> {
  const friend = new StagedFriend();
  const { transport } = friend;
  const random = countingRandom();
  const chat = new Chat({ transport, clock, random, keep: keepIn(kept), secretKey: 'secret', conversation, ...more });
  return {
    ...{ friend, clock, chat, kept },
    get held() {
      const { c_1: held } = chat.view.conversations;
      if (held === undefined) throw new Error('the conversation is not held');
      return held;
    },
  };
}

/** Somebody who is online and looks at `c_1`, which holds messages 1 to `to`. */
export async function online<C extends Clock>(clock: C, to = 3): Promise<Chatting<C>> {
  const all = chatting(clock);
  all.chat.act('panel.open', {});
  await all.friend.welcomes();
  const facts = Array.from({ length: to }, (_, index) => message(index + 1));
  all.friend.tells(...openedPage({ to }, facts, { re: all.friend.last('conversation.open').id }));
  await tick();
  all.friend.forget();
  return all;
}
