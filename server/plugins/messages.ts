import { append, refuse } from '../core/effect.ts';
import type { Plugin } from '../core/plugin.ts';

/** What people say. A first message brings its conversation, and its sender's membership, into being. */
export function messages(): Plugin {
  return {
    name: 'messages',
    needs: ['conversations'],
    install(host) {
      const conversations = host.service('conversations');

      host.on('message.send', async ({ action, read, user, now }) => {
        const access = await conversations.access(read, user, action.body.conversation, now);
        if (access?.limited === true) return [refuse('limited')];
        if (access === undefined || !access.maySend) return [refuse('not_found')];
        const { audience, id, list } = access;
        const told = { ...(list === undefined ? {} : { list }), ...(audience === undefined ? {} : { audience }) };
        const { text } = action.body;
        return [...access.enter(), append(id, 'message.sent', { text }, { item: true, ...told })];
      });
    },
  };
}
