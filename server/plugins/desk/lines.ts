import type { Facts } from '../../../protocol/facts.ts';
import { type Aside, tell } from '../../core/effect.ts';
import type { PluginHost } from '../../core/plugin.ts';
import { isOpen } from './assignment.ts';
import type { CaseRow } from './case-row.ts';
import { type Forecast, forecastAt } from './estimate.ts';
import type { Floor } from './floor.ts';
import { queueOf } from './options.ts';
import { filledIn } from './texts.ts';
import { awayWords, textsFor } from './voice.ts';

/** Who looks at a conversation with support as its visitor hears this topic and its id. */
export const lineTopics = 'line:';

/** Conversations that are followed, and how often somebody is told that his place has changed, milliseconds. */
const most = 20_000;
const pause = 2_000;

/** Tells visitors who look where they stand in line, when it changes. */
export class Lines {
  readonly #host: PluginHost;
  readonly #floor: Floor;
  /** By conversation, the words that were told last. */
  readonly #told = new Map<string, string>();

  constructor(host: PluginHost, floor: Floor) {
    this.#host = host;
    this.#floor = floor;
  }

  /** What a visitor who looks at his conversation is told from now on, at first at once. */
  looks(conversation: string, available: boolean, now: number): Facts['support.changed'] {
    const line = this.#wordsOf(conversation, forecastAt(this.#floor, now), now);
    if (this.#told.size < most) this.#told.set(conversation, line);
    return { available, ...(line === '' ? {} : { line }) };
  }

  /** Something has changed: those for whom it matters hear it soon. */
  changed(available: () => boolean): void {
    if (this.#told.size === 0 || !this.#floor.isReady) return;
    this.#host.soon('lines', pause, async () => this.#news(available()));
  }

  /** All who look are told anew. */
  forget(): void {
    for (const conversation of this.#told.keys()) this.#told.set(conversation, '');
  }

  #news(available: boolean): Aside[] {
    const now = this.#host.clock.now();
    const forecast = forecastAt(this.#floor, now);
    const news: Aside[] = [];
    for (const [conversation, before] of this.#told) {
      const topic = lineTopics + conversation;
      if (this.#host.hearing(topic) === 0) {
        this.#told.delete(conversation);
        continue;
      }
      const line = this.#wordsOf(conversation, forecast, now);
      if (line === before) continue;
      this.#told.set(conversation, line);
      news.push(tell({ hearing: [topic] }, 'support.changed', { available, ...(line === '' ? {} : { line }) }));
    }
    return news;
  }

  /** Nothing where the desk was not declared: everything is as somebody being there says. */
  #wordsOf(conversation: string, forecast: Forecast, now: number): string {
    const row = this.#floor.cases.get(conversation);
    const { desk } = this.#floor;
    if (row === undefined || !desk.declared) return '';
    if (row.state === 'away') {
      const queue = queueOf(desk, row.queue);
      return isOpen(queue, now) ? '' : awayWords(desk, queue, row.language, now);
    }
    return row.state === 'waiting' ? lineWords(this.#floor, row, forecast) : '';
  }
}

/** “Number 2 in line, about 4 minutes”, in the visitor's language. */
export function lineWords(floor: Floor, row: CaseRow, forecast: Forecast): string {
  const place = floor.placeOf(row);
  if (place === undefined) return '';
  const texts = textsFor(floor.desk, row.language);
  const estimate = forecast.of(row);
  if (estimate === undefined) return filledIn(texts.place, { place });
  const minutes = Math.max(1, Math.round(estimate / 60_000));
  return filledIn(minutes === 1 ? texts.placeMinute : texts.placeMinutes, { place, minutes });
}
