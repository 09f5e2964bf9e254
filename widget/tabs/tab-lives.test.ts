import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { StagedBrowser, settle } from './staged-browser.ts';

/** What may happen to one of up to four tabs, or to the server, and how long it takes until the next. */
const event = fc.record({
  what: fc.constantFrom(
    ...(['open', 'say', 'say', 'close', 'crash', 'freeze', 'freeze silently', 'thaw', 'cut', 'server'] as const),
  ),
  tab: fc.nat({ max: 3 }),
  ms: fc.constantFrom(0, 5, 50, 400, 1_500, 7_000),
});

class Lives {
  readonly clock = new FakeClock();
  readonly browser = new StagedBrowser(this.clock);
  /** What was taken while nothing was about to change: it has to arrive once. */
  readonly promised: string[] = [];
  readonly frozen = new Set<number>();
  #said = 0;

  constructor() {
    for (let count = 0; count < 4; count += 1) this.browser.tab();
  }

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed <= ms; passed += 50) {
      this.clock.pass(Math.min(50, ms - passed));
      await settle();
    }
  }

  async happens({ what, tab: index, ms }: { what: string; tab: number; ms: number }): Promise<void> {
    const tab = this.browser.tabs[index];
    if (tab === undefined) throw new Error('there is no such tab');
    const runs = tab.alive && !this.frozen.has(index);
    if (what === 'thaw' && this.frozen.delete(index)) tab.thaws();
    if (what === 'server') this.browser.reachable = !this.browser.reachable;
    if (runs && what === 'open') tab.open();
    if (runs && what === 'close') await tab.transport.close();
    if (runs && what === 'cut') tab.cut();
    if (runs && what === 'crash' && index < 3) tab.crashes();
    if (runs && what.startsWith('freeze')) {
      this.frozen.add(index);
      if (what === 'freeze') tab.freezes();
      else tab.freezesSilently();
    }
    if (runs && what === 'say') await this.#says(index);
    await this.pass(ms);
  }

  /** All is thawed, everybody wants a stream, and the server is there. */
  async settles(): Promise<void> {
    this.browser.reachable = true;
    for (const index of this.frozen) this.browser.tabs[index]?.thaws();
    this.frozen.clear();
    await this.pass(100);
    for (const tab of this.browser.tabs) tab.open();
    await this.pass(30_000);
  }

  async #says(index: number): Promise<void> {
    const json = `{"v":1,"events":[{"id":"m${this.#said++}"}]}`;
    // A silent leader takes what it cannot send: the session above sends it again.
    const leads = this.browser.sockets.filter((tab) => !this.frozen.has(this.browser.tabs.indexOf(tab)));
    const sure = this.frozen.size === 0 && leads.length === 1;
    const taken = this.browser.tabs[index]?.transport.send(json) ?? false;
    await settle();
    if (taken && sure) this.promised.push(json);
  }
}

test('has one leader whenever things have settled, and sends each frame once, whatever lives the tabs had', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25 }), async (events) => {
      const lives = new Lives();
      for (const tab of lives.browser.tabs.slice(0, 3)) tab.open();
      await lives.pass(100);

      for (const each of events) await lives.happens(each);
      await lives.settles();

      const { browser, promised } = lives;
      const living = browser.tabs.filter((tab) => tab.alive);
      expect(living.map((tab) => tab.up)).toEqual(living.map(() => true));
      expect(browser.sockets).toHaveLength(1);
      const arrived = browser.arrived.map(({ json }) => json);
      expect(new Set(arrived).size).toBe(arrived.length);
      expect(arrived).toEqual(expect.arrayContaining(promised));
      for (const { seen } of browser.tabs) expect(oneDownForEachOpen(seen)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

/** Between two openings exactly one end, and at most one rise before it. */
function oneDownForEachOpen(seen: readonly string[]): boolean {
  const story = seen.filter((entry) => !entry.startsWith('{')).join(' ');
  return /^(open( up)? (lost|refused) )*(open( up)?)?( (lost|refused))?$/.test(story);
}
