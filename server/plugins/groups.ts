import { answer, refuse } from '../core/effect.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Sha256 } from '../core/ports.ts';
import type { Context } from '../core/rule.ts';
import { create, decline, enter, leave } from './group-entry.ts';
import { handOver } from './group-hand-over.ts';
import { bring, invitationsOf } from './group-invite.ts';
import { listMembers, remove, setRole, unban } from './group-members.ts';
import { type Deciding, placeOf } from './group-place.ts';
import { prefer, set } from './group-settings.ts';

export interface GroupsOptions {
  readonly sha256: Sha256;
}

/** Groups that people make: who comes in and goes, and who may do what there. */
export function groups({ sha256 }: GroupsOptions): Plugin {
  return {
    name: 'groups',
    needs: ['relations', 'conversations'],
    install(host) {
      const relations = host.service('relations');
      const conversations = host.service('conversations');
      const deciding = ({ read, user, now, random }: Context): Deciding => {
        return { read, user, now, random, relations, conversations };
      };

      host.provide('groups', {
        handOver: (read, from, to, now) => handOver({ read, relations, from, to, now }),
      });

      host.on('conversation.create', (context) => create(deciding(context), context.action.body));
      host.on('conversation.set', (context) => set(deciding(context), sha256, context.action.body));
      host.on('conversation.prefer', (context) => prefer(deciding(context), context.action.body));
      host.on('conversation.join', (context) => enter(deciding(context), sha256, context.action.body));
      host.on('conversation.leave', (context) => leave(deciding(context), context.action.body.conversation));
      host.on('conversation.decline', (context) => decline(deciding(context), context.action.body.conversation));

      host.on('invite.list', async (context) => [
        answer('invite.listed', { invites: await invitationsOf(deciding(context)) }),
      ]);

      host.on('member.add', async (context) => {
        const { conversation, users } = context.action.body;
        const place = await placeOf(deciding(context), conversation, context.user);
        return place?.may('invite') === true ? bring(deciding(context), place.row, users) : [refuse('not_found')];
      });

      host.on('member.remove', (context) => remove(deciding(context), context.action.body));
      host.on('member.unban', (context) => unban(deciding(context), context.action.body));
      host.on('member.set', (context) => setRole(deciding(context), context.action.body));

      host.on('member.list', async ({ action, read, user, now }) => {
        const { conversation, after, banned = false } = action.body;
        const place = banned ? await placeOf({ read, conversations }, conversation, user) : undefined;
        if (banned && place?.may('ban') !== true) return [refuse('not_found')];
        const access = await conversations.access(read, user, conversation, now);
        if (access?.exists !== true) return [refuse('not_found')];
        return [answer('member.listed', await listMembers(read, conversation, after, banned))];
      });
    },
  };
}
