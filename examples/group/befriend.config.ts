import {
  append,
  bot,
  bots,
  command,
  defineConfig,
  defineEvents,
  definePlugin,
  type ReactionContext,
  refuse,
  v,
} from 'befriend/server';

const rules = 'Be kind. No advertising. A moderator looks at what seems to be none of both.';

/** What waits for a moderator before anybody reads it. */
const doubtful = /\b(casino|crypto|idiots?)\b|https?:/i;

/** So many people who report somebody let all his words wait. */
const enough = 3;

type Read = ReactionContext['read'];

/** Who moderates a group: its owner and its admins. */
async function moderatorsOf(read: Read, log: string): Promise<string[]> {
  const members = await Promise.all(['owner', 'admin'].map((role) => read.membersIn(log, role, 20)));
  return members.flat().flatMap(({ user, untilSeq }) => (untilSeq === undefined ? [user] : []));
}

const events = defineEvents({ facts: { 'post.held': v.looseObject({ text: v.string() }) } });

const moderation = definePlugin({
  name: 'moderation',
  events,
  install(host) {
    const reporters = host.state.user('reporters', { version: 1, schema: v.array(v.string()) });

    const isDoubtful = async (read: Read, user: string, text: string): Promise<boolean> =>
      doubtful.test(text) || ((await reporters.get(read, user))?.length ?? 0) >= enough;

    // Effects are data: what would be a message for all becomes a fact of our own for two sides.
    host.on('message.send', { in: 'group', by: ['visitor', 'user'] }, async (context, next) => {
      const { action, conversation, read, user } = context;
      const effects = await next();
      const moderators = await moderatorsOf(read, conversation.id);
      if (moderators.includes(user.id) || !(await isDoubtful(read, user.id, action.body.text))) return effects;
      if (moderators.length === 0) return [refuse('not_found', { detail: 'nobody is here to look at it' })];
      return effects.map((effect) =>
        effect.do === 'append' && effect.type === 'message.sent'
          ? { ...effect, type: 'post.held', item: false, audience: [user.id, ...moderators] }
          : effect,
      );
    });

    // Nothing comes in by the back door.
    host.on('message.edit', { in: 'group', by: ['visitor', 'user'] }, async (context, next) => {
      const { action, conversation, read, user } = context;
      const isFree = (await moderatorsOf(read, conversation.id)).includes(user.id);
      if (isFree || !(await isDoubtful(read, user.id, action.body.text))) return next();
      return [refuse('not_found', { detail: 'say it anew, and a moderator looks at it' })];
    });

    host.after('post.held', async ({ fact, read }) => {
      const author = await read.user(fact.by);
      const text = `${author?.name} wants to say: “${fact.body.text}”`;
      const replies = [
        { id: `let-${fact.seq}`, label: 'Let it in' },
        { id: `drop-${fact.seq}`, label: 'Send it back' },
      ];
      const waiting = { text: 'Your words wait for a moderator.' };
      const audience = await moderatorsOf(read, fact.log);
      return [
        append(fact.log, 'message.sent', waiting, { item: true, audience: [fact.by] }),
        append(fact.log, 'message.sent', { text, extras: { replies } }, { item: true, audience }),
      ];
    });

    // Quick replies are over with the first answer, so of two moderators one decides.
    host.after('answer:choice', { in: 'group' }, async ({ author, fact, read }) => {
      const [, verdict, seq] = /^(let|drop)-(\d+)$/.exec(fact.body.choice) ?? [];
      if (seq === undefined || !(await moderatorsOf(read, fact.log)).includes(author.id)) return [];
      const [held] = await read.page({ log: fact.log, after: +seq - 1, upTo: +seq, limit: 1 });
      if (held?.type !== 'post.held') return [];
      const member = await read.member(fact.log, held.by);
      if (member === undefined || member.untilSeq !== undefined) return [];
      if (verdict === 'let') {
        return [append(fact.log, 'message.sent', JSON.parse(held.body), { item: true, by: held.by })];
      }
      const back = { text: `A moderator sends it back. ${rules}` };
      return [append(fact.log, 'message.sent', back, { item: true, audience: [held.by] })];
    });

    // A report is stored in the log of who made it, and for colleagues. Each reporter counts once.
    host.after('user.reported', async ({ fact, read }) => {
      if (!fact.log.startsWith('u_')) return [];
      const { id } = fact.body.person;
      return [await reporters.change(read, id, (known = []) => [...new Set([...known, fact.log])].slice(0, enough))];
    });

    host.after('member.joined', { in: 'group' }, ({ fact }) => {
      const { person, role } = fact.body;
      if (role !== 'member' || person.kind === 'bot') return [];
      return [append(fact.log, 'message.sent', { text: `Welcome. ${rules}` }, { item: true, audience: [person.id] })];
    });
  },
});

/** Explains the rules to who asks it, in the group: `/rules`, or “@Mo, what are the rules?” */
export const mo = bot({
  name: 'mo',
  title: 'Mo',
  groups: true,
  commands: { rules: command({ help: 'says the rules', run: () => rules }) },
  keywords: [
    { words: ['rules', 'allowed'], reply: rules },
    { words: ['report'], reply: 'Open the person by a click on the name, and choose “Report”.' },
  ],
});

export default defineConfig({ name: 'The garden', plugins: [bots({ bots: [mo] }), moderation()] });
