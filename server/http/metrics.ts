import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Friend } from '../core/friend.ts';
import { counters } from '../core/meter.ts';

/** The friend's counters in the Prometheus text format; what is served at `/metrics`. */
export function metricsOf(friend: Pick<Friend, 'meter' | 'status'>): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of Object.keys(counters) as (keyof typeof counters)[]) {
    const counter = new Counter({
      name: `befriend_${name}_total`,
      help: counters[name],
      registers: [registry],
      collect: () => {
        counter.reset();
        counter.inc(friend.meter.of(name));
      },
    });
  }
  gauge(registry, 'befriend_connections', 'Connections that are open.', () => friend.status.connections);
  gauge(registry, 'befriend_link_up', '1 while the link to the XMPP server is up.', () =>
    friend.status.link.state === 'up' ? 1 : 0,
  );
  gauge(registry, 'befriend_commits', 'Transactions since the start.', () => friend.status.store.commits);
  return registry;
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  const instrument: Gauge = new Gauge({ name, help, registers: [registry], collect: () => instrument.set(value()) });
}
