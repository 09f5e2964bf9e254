import type { DeskActions } from '../../protocol/desk.ts';
import type { DeskDeed } from './desk/desk.ts';
import { namedIn } from './desk/named-in.ts';
import { writes } from './focus.ts';
import type { Host, InboxOptions } from './host.ts';
import { type Deeds, shownCase } from './ui/drawn.ts';

/** Below this width there is one column, px. */
const oneColumn = 700;

/** What buttons and keys do, at the desk and on the screen. */
export function deedsOf(
  host: Omit<Host, 'deeds' | 'listens'>,
  options: Pick<InboxOptions, 'act' | 'ask' | 'chosen' | 'signOut'>,
): Deeds {
  const { desk, focus } = host;
  const { act, ask, chosen, signOut } = options;
  const on = <T extends DeskDeed>(type: T, more: Omit<DeskActions[T], 'conversation'>): Promise<boolean> => {
    const { shown: conversation } = host.screen;
    if (conversation === undefined) return Promise.resolve(false);
    return desk.does(type, { conversation, ...more } as unknown as DeskActions[T]);
  };
  const take = async (more: { readonly from?: string }): Promise<void> => {
    if (await on('desk.take', more)) focus.soon(writes);
  };
  return {
    show: (place) => {
      host.turn({ place, needle: '', ...(host.screen.over === 'rail' ? { over: undefined } : {}) });
      void desk.list(place);
    },
    open: (conversation) => {
      if (conversation === undefined) {
        const { shown } = host.screen;
        host.turn({ shown: undefined, details: false });
        desk.leave();
        act('screen.show', { at: 'list' });
        return focus.soon(`[data-case="${shown}"]`);
      }
      host.turn({ shown: conversation, details: false });
      act('screen.show', { at: 'conversation', ref: conversation });
      void desk.open(conversation);
      // Where the list gives way to the case, the focus goes along.
      if (innerWidth < oneColumn) focus.soon('.conversation');
    },
    more: () => void desk.list(host.screen.place, true),
    over: (over) => host.turn({ over }),
    look: (changed) => {
      host.turn(changed);
      const { keys, look } = host.screen;
      if ('keys' in changed || 'look' in changed) chosen.set({ keys, look });
    },
    take: () => void take({}),
    takeOver: () => {
      const from = shownCase({ desk: desk.state, screen: host.screen })?.assignee;
      void take(from === undefined ? {} : { from });
    },
    assign: (to) => void on('desk.assign', { to }),
    invite: (user) => void on('desk.invite', { user }),
    move: (queue) => void on('desk.move', { queue }),
    snooze: (until) => void on('desk.snooze', { until }),
    close: () => void on('desk.close', {}),
    reopen: () => void on('desk.reopen', {}),
    note: (text) => {
      const { shown: conversation } = host.screen;
      if (conversation === undefined) return Promise.resolve(false);
      const { me, colleagues = [] } = desk.state.shown ?? {};
      const mentions = namedIn(text, colleagues, me?.user);
      return desk.notes({ conversation, text, ...(mentions && { mentions }) });
    },
    say: (text) => focus.insert(text),
    available: (available) => void desk.does('desk.available', { available }),
    can: async (one) => {
      const isStored = await desk.does('desk.can', one);
      // What all colleagues have comes with the desk.
      if (isStored) await desk.begin(host.screen.place, undefined);
      return isStored;
    },
    dismiss: () => desk.dismiss(),
    profile: async (changed) => {
      const [answer] = await ask('profile.set', changed);
      if (answer === undefined) return 'offline';
      return answer.type === 'error' ? answer.body.code : undefined;
    },
    signOut,
  };
}
