import { botUser } from '../../core/bot-user.ts';
import { FriendError } from '../../core/errors.ts';
import type { Plugin, PluginHost } from '../../core/plugin.ts';
import type { UserRow } from '../../core/rows.ts';
import type { Effects, ReactionContext } from '../../core/rule.ts';
import type { HandOff } from '../../core/services.ts';
import { isCase } from '../../core/support-case.ts';
import { alone } from './alone.ts';
import { Ledger } from './ledger.ts';
import { type AiOptions, declared } from './options.ts';
import { isTaken } from './taken.ts';
import { Thinking } from './thinking.ts';

/** What a bot says about what it was asked, as far as an assistant needs it. */
export interface AskedOfBot extends ReactionContext {
  readonly user: UserRow;
  readonly conversation: string;
  readonly language: string;
  /** The user id of the bot. */
  readonly bot: string;
  readonly offered: PluginHost['offered'];
}

type Answered = string | { readonly effects: Effects } | { readonly handOff: HandOff };

/** An assistant: a plugin, and what a bot answers with. */
export interface Assistant extends Plugin {
  /** For the `fallback`, a keyword, a pattern or a command of a bot. @throws FriendError `FRIEND_AI` where it is not plugged */
  readonly answer: (asked: AskedOfBot) => Promise<readonly Answered[]>;
}

/**
 * An assistant that answers by a model behind any endpoint that speaks chat completions. It may do what its tools declare,
 * as the person who asks and with his rights, within its budget; see docs/bots.md.
 * @throws FriendError `FRIEND_AI`
 */
export function ai(options: AiOptions): Assistant {
  const given = declared(options);
  const { name, answers } = given;
  const plugin = name === 'ai' ? name : `ai-${name}`;
  return {
    name: plugin,
    install(host) {
      const thinking = new Thinking(given, plugin, host, new Ledger(host, plugin, given.budget));
      const before = host.offered('ai');
      const think = thinking.answer.bind(thinking);
      host.provide('ai', { of: (one) => (one === name ? think : before?.of(one)) });
      if (answers === undefined) return;
      const inSupport = (answers.in ?? 'support') === 'support';
      if (inSupport) host.provide('bots', { answersSupport: true });
      const { title, avatar } = answers;
      const row = { id: botUser(name), kind: 'bot', name: title, verified: true, topics: [] } as const;
      alone(host, given, { own: avatar === undefined ? row : { ...row, avatar }, answers }, think);
    },
    async answer(asked) {
      const think = asked.offered('ai')?.of(name);
      if (think === undefined)
        throw new FriendError('FRIEND_AI', `${name}: add it to the plugins of the configuration`);
      const { user, conversation, bot, language } = asked;
      const { how, words, note, effects } = await think({ context: asked, user, conversation, bot, language });
      // Somebody may have taken it meanwhile.
      if (await isTaken(asked.read, conversation, asked.offered('desk'))) return [{ effects }];
      const goes = isCase(conversation) && given.handOff && how !== 'said' && how !== 'superseded';
      const handed = goes ? [{ handOff: note ? { note } : {} }] : [];
      return [...(words === undefined || goes ? [] : [words]), { effects }, ...handed];
    },
  };
}
