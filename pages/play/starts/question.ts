import { type AskAnswered, append, ask, defineConfig } from 'befriend/server';

const hour = 3_600_000;

export default defineConfig({
  setup(friend) {
    // Say “Shoes” as Ann. Then choose, or let two hours pass.
    friend.after('message:text', { by: 'person' }, ({ fact, now }) => {
      if (!/^shoes$/i.test(fact.body.text)) return [];
      const replies = [
        { id: 'small', label: 'Small' },
        { id: 'large', label: 'Large' },
      ];
      const more = { then: 'size.answered', data: { item: 'Shoes' }, until: now + hour, in: fact.log };
      return [ask(fact.by, { text: 'Which size?', replies, orText: true }, more)];
    });

    friend.on('size.answered', ({ action }) => {
      const { conversation, data, answer } = action.body as AskAnswered<{ item: string }>;
      const size = 'choice' in answer ? answer.choice : 'text' in answer ? answer.text : 'any size, as nobody said';
      return [append(conversation, 'message.sent', { text: `${data.item}: ${size}.` }, { item: true, by: 'friend' })];
    });
  },
});
