import { append, defineConfig, refuse } from 'befriend/server';

export default defineConfig({
  setup(friend) {
    // A rule decides before anything is stored: nobody ever sees what it refuses.
    friend.on('message.send', { in: 'group', by: 'visitor' }, ({ action }, next) =>
      /casino|lottery/i.test(action.body.text) ? [refuse('not_found')] : next(),
    );

    // A reaction comes afterwards, and everybody sees it.
    friend.after('message:text', { in: 'group', by: 'person' }, ({ fact, author }) =>
      /\b[A-Z]{2,}\b.*\b[A-Z]{2,}\b/.test(fact.body.text)
        ? [append(fact.log, 'message.sent', { text: `Not so loud, ${author.name}.` }, { item: true })]
        : [],
    );
  },
});
