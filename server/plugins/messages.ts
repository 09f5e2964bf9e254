import { toJson } from '../../protocol/frame.ts';
import { append, type Effect, put, refuse } from '../core/effect.ts';
import type { Plugin } from '../core/plugin.ts';
import { answerRule } from './message-answer.ts';
import { changed, messageAt, unchanged } from './message-change.ts';
import { findRule } from './message-find.ts';
import { paced } from './message-pace.ts';
import { partsOf } from './message-parts.ts';
import { reactRule } from './message-react.ts';

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
        const files = host.offered('files');
        const parts = await partsOf({ read, user, now, access, conversations, files }, action.body);
        if (typeof parts === 'string') return [refuse(parts)];
        const pace = await paced(read, access, user.id, now);
        const body = { text, ...(Object.keys(parts.extras).length === 0 ? {} : { extras: parts.extras }) };
        return [
          ...pace,
          ...access.enter(),
          ...parts.effects,
          append(id, 'message.sent', body, { item: true, ...told }),
        ];
      });

      host.on('message.edit', async ({ action, read, user, now }) => {
        const { conversation, seq, text } = action.body;
        const access = await conversations.access(read, user, conversation, now);
        if (access?.limited === true) return [refuse('limited')];
        const message = access?.member === undefined ? undefined : await messageAt(read, access, seq, user.id);
        if (access === undefined || message === undefined || message.by !== user.id) return [refuse('not_found')];
        if (!access.maySend || message.body.deleted === true) return [refuse('not_found')];
        if (message.body.text === text) return unchanged(message);
        const told = append(access.id, 'message.edited', { of: seq, text });
        return changed({ access, message }, { told, body: { ...message.body, text, edited: now } });
      });

      host.on('message.react', reactRule(conversations));
      host.on('message.answer', answerRule(conversations));
      host.on('message.find', findRule(conversations));

      host.on('message.delete', async ({ action, read, user, now }) => {
        const { conversation, seq } = action.body;
        const access = await conversations.access(read, user, conversation, now);
        const message = access === undefined ? undefined : await messageAt(read, access, seq, user.id);
        if (access === undefined || message === undefined) return [refuse('not_found')];
        const isOwn = message.by === user.id && access.member !== undefined;
        if (!isOwn && !access.may('delete')) return [refuse('not_found')];
        if (message.body.deleted === true) return [];
        // A rule: an edit that is on its way is decided on again, and brings nothing back.
        const told = append(access.id, 'message.deleted', { of: seq }, { rule: true });
        const more = [
          emptied(access.id, seq, 'message.edited', { of: seq, text: '' }),
          emptied(access.id, seq, 'message.answered', { of: seq }),
        ];
        return changed({ access, message }, { told, body: { text: '', deleted: true }, more, always: true });
      });
    },
  };
}

function emptied(log: string, of: number, type: 'message.edited' | 'message.answered', body: object): Effect {
  return put({ table: 'changes', row: { log, type, of, body: toJson(body) } });
}
