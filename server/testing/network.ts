import type { StreamEvents, Transport } from '../../widget/core/ports.ts';
import type { Clock } from '../core/ports.ts';
import type { Seeded } from './seeded.ts';
import { type Span, spanOf } from './spans.ts';

/** How bad the network between people and the XMPP server is. Shares are from 0 (never) to 1 (always). */
export interface Network {
  /**
   * The share of frames that are lost. One that is lost on its way to somebody takes his stream with it within two
   * seconds, as it is with TCP.
   */
  readonly drop?: number;
  /** The share of frames that come twice. */
  readonly repeat?: number;
  /** How long frames take, or the least and the most. The order of a stream is kept. */
  readonly delay?: Span | readonly [Span, Span];
  /** The share of frames at which the stream ends. */
  readonly cut?: number;
  /** The same seed is the same bad luck. */
  readonly seed?: number;
}

/** What holds now, read anew for each frame. */
export interface Conditions {
  readonly drop: number;
  readonly repeat: number;
  readonly cut: number;
  /** Milliseconds. */
  readonly delay: readonly [least: number, most: number];
  readonly chance: Seeded;
}

/** @throws RangeError where a share is none, or a delay is no span of time */
export function conditionsOf(network: Network, chance: Seeded): Conditions {
  const share = (name: 'drop' | 'repeat' | 'cut'): number => {
    const value = network[name] ?? 0;
    if (value >= 0 && value <= 1) return value;
    throw new RangeError(`${name}: ${value} is no share: write a number from 0 to 1.`);
  };
  const { delay = 0 } = network;
  const [least, most] = Array.isArray(delay) ? delay : [delay, delay];
  return {
    drop: share('drop'),
    repeat: share('repeat'),
    cut: share('cut'),
    delay: [spanOf(least as Span), spanOf(most as Span)],
    chance,
  };
}

/** How long a stream lives on after something on its way to a person was lost, at most, milliseconds. */
const afterLoss = 2_000;

/** A person's way to the XMPP server, as bad as the network is. */
export interface Way {
  readonly transport: Transport;
  /** Ends the stream, and lets none come up until `online`. */
  offline(): void;
  /** The network is there again; a stream comes when the person's chat tries next. */
  online(): void;
}

/** Puts the conditions of the network between `inner` and who uses it. */
export function wayOver(inner: Transport, clock: Clock, conditions: () => Conditions): Way {
  let isOffline = false;
  let ended: (() => void) | undefined;
  let generation = 0;
  let arrivesAt = 0;

  const cut = (): void => {
    generation += 1;
    void inner.close();
    ended?.();
  };
  /** Hands one frame over, later, twice or never. */
  const carry = (deliver: () => void, isLost?: () => void): void => {
    const { chance, cut: cuts, delay, drop, repeat } = conditions();
    const [ending, losing, twice, slow] = [chance.next(), chance.next(), chance.next(), chance.next()];
    if (ending < cuts) return clock.defer(cut);
    if (losing < drop) return isLost?.();
    const deliverAll = (): void => {
      deliver();
      if (twice < repeat) deliver();
    };
    const [least, most] = delay;
    if (most === 0) return deliverAll();
    const own = generation;
    arrivesAt = Math.max(arrivesAt, clock.now() + least + Math.round(slow * (most - least)));
    clock.after(arrivesAt - clock.now(), () => {
      if (own === generation) deliverAll();
    });
  };

  const transport: Transport = {
    open(events: StreamEvents) {
      generation += 1;
      const own = generation;
      let isOver = false;
      const down: StreamEvents['down'] = (why) => {
        if (isOver) return;
        isOver = true;
        events.down(why);
      };
      ended = () => down('lost');
      if (isOffline) return clock.defer(() => down('lost'));
      const lost = (): void =>
        void clock.after(Math.round(conditions().chance.next() * afterLoss), () => own === generation && cut());
      inner.open({
        up: () => events.up(),
        frame: (json) => carry(() => own === generation && events.frame(json), lost),
        bounced: () => events.bounced(),
        down,
      });
    },
    send(json) {
      if (isOffline) return false;
      carry(() => inner.send(json));
      return true;
    },
    ping: () => (isOffline ? new Promise(() => undefined) : inner.ping()),
    async close() {
      generation += 1;
      await inner.close();
      ended?.();
    },
  };
  return {
    transport,
    offline: () => {
      isOffline = true;
      cut();
    },
    online: () => {
      isOffline = false;
    },
  };
}
