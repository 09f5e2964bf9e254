import { append, defineConfig } from 'befriend/server';

export default defineConfig({
  setup(friend) {
    // Say “hello” as Ann: Bob sees the answer, too.
    friend.after('message:text', { by: 'person' }, ({ fact, author }) =>
      /\bhello\b/i.test(fact.body.text)
        ? [append(fact.log, 'message.sent', { text: `Hello, ${author.name}!` }, { item: true })]
        : [],
    );
  },
});
