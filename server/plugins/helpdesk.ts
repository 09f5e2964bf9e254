import { tell } from '../core/effect.ts';
import type { Plugin } from '../core/plugin.ts';

/** Colleagues hear this topic: every support conversation. */
const colleagues = 'support';

/** Visitors who have a support conversation open hear this one. */
const visitors = 'support:visitors';

/** Tells visitors whether somebody is there who can answer. */
export function helpdesk(): Plugin {
  return {
    name: 'helpdesk',
    needs: ['conversations'],
    install(host) {
      let available = false;

      host.use(async (context, next) => {
        const effects = await next();
        const opened = effects.find((effect) => effect.do === 'answer' && effect.type === 'conversation.opened');
        if (opened === undefined || context.user === undefined) return effects;
        const { conversation } = (opened as { body: { conversation: { kind: string } } }).body;
        if (conversation.kind !== 'support') return effects;
        const status = tell('sender', 'support.changed', { available: host.hearing(colleagues) > 0 });
        return [...effects, { do: 'hear', topic: visitors }, status];
      });

      host.whenHearing(colleagues, (count) => {
        if (count > 0 === available) return [];
        available = count > 0;
        return [tell({ hearing: [visitors] }, 'support.changed', { available })];
      });
    },
  };
}
