import { answer, put } from '../../core/effect.ts';
import type { Plugin } from '../../core/plugin.ts';
import type { CommittedFact, Effects } from '../../core/rule.ts';
import { deadLetters } from './dead-letters.ts';
import { eventOf } from './delivery.ts';
import { pendingRow, plugin } from './rows.ts';
import { Sender } from './sender.ts';
import { type Declared, declared, type Webhook } from './webhook.ts';

/**
 * Tells the site's own back end what happens: signed, at least once with the same id, in the order of each conversation,
 * over crashes of either side. What waits is the place of a fact and not its words. See docs/webhooks.md.
 * @throws FriendError `FRIEND_WEBHOOK`
 */
export function webhooks(hooks: readonly Webhook[]): Plugin {
  const all = declared(hooks);
  return {
    name: plugin,
    install(host) {
      const senders = new Map(all.map((hook) => [hook.name, new Sender(hook, host)]));
      for (const { name, isSuspect } of all) {
        if (isSuspect) host.log.warn('A webhook leads to the own machine or network', { webhook: name });
      }

      const wanted = (hook: Declared, fact: CommittedFact): boolean => {
        try {
          return hook.events.has(fact.type) && hook.where(eventOf(fact));
        } catch (error) {
          host.log.error('The where of a webhook failed', { webhook: hook.name, error: String(error) });
          host.count('failed');
          return false;
        }
      };
      const queued = (fact: CommittedFact): Effects =>
        all.flatMap((hook) => {
          const pending = { log: fact.log, seq: fact.seq, at: fact.at, tries: 0, due: 0 };
          return wanted(hook, fact) ? [put({ table: 'state', row: pendingRow(hook.name, pending) })] : [];
        });
      for (const type of new Set(all.flatMap(({ events }) => [...events]))) {
        host.after(type, ({ fact }) => queued(fact as CommittedFact));
      }

      host.whenStarted(() => {
        for (const sender of senders.values()) sender.start();
      });
      host.whenKept((row) => [...senders.values()].flatMap((sender) => sender.kept(row)));

      host.onOpening('webhook.list', () => {
        const list = Array.from(senders.values(), ({ hook, standing }) => {
          return { name: hook.name, events: [...hook.events], ...standing };
        });
        return [answer('webhook.listed', { webhooks: list })];
      });
      deadLetters(host, (name) => senders.has(name));
    },
  };
}
