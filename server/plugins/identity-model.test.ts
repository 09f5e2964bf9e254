import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identify, opens, signingStage, userIn } from '../bin/contract-identity.ts';
import { codeOf, type Device, type Stage, secretOf } from '../bin/contract-stage.ts';

type Step =
  | { readonly do: 'identify'; readonly device: number; readonly subject: number; readonly opensAfter: boolean }
  | { readonly do: 'logout' | 'open' | 'talk'; readonly device: number };

const device = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('identify' as const), device, subject: fc.nat(2), opensAfter: fc.boolean() }),
  fc.record({ do: fc.constantFrom('logout' as const, 'open' as const, 'talk' as const), device }),
);

/** One browser: the secret it would open with, and who it is by what was done with it. */
interface Browser {
  readonly device: Device;
  secret: string;
  /** The visitor's or the subject's user id. */
  user: string;
}

/** Three browsers that do what the steps say, as their widgets would. */
class Model {
  readonly stage: Stage;
  readonly browsers: Browser[] = [];
  /** By subject. */
  readonly known = new Map<number, string>();
  readonly visitors = new Set<string>();
  #secrets = 0;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  async begin(): Promise<this> {
    for (const name of ['a', 'b', 'c']) {
      const browser = { device: this.stage.device(name, secretOf(name)), secret: name, user: '' };
      this.browsers.push(browser);
      await this.opens(browser);
    }
    return this;
  }

  newSecret(): string {
    this.#secrets += 1;
    return `secret ${this.#secrets}`;
  }

  /** Opens as the widget does: a secret that opens nothing any more is replaced. */
  async opens(browser: Browser): Promise<void> {
    const opened = await opens(browser.device, browser.secret);
    if (codeOf(opened) === 'not_found') {
      browser.secret = this.newSecret();
      browser.user = '';
      return this.opens(browser);
    }
    const user = userIn(opened);
    if (browser.user !== '') expect(user).toBe(browser.user);
    if (browser.user === '') this.visitors.add(user);
    browser.user = user;
  }

  async run(action: Step): Promise<void> {
    const browser = this.browsers[action.device];
    if (browser === undefined) return;
    if (action.do === 'open') return this.opens(browser);
    if (action.do === 'identify') return this.#identifies(browser, action.subject, action.opensAfter);
    const answer = action.do === 'talk' ? await browser.device.says('support', 'x') : await this.#leaves(browser);
    if (codeOf(answer) === 'not_open') await this.opens(browser);
  }

  #leaves(browser: Browser) {
    browser.user = '';
    return browser.device.ask('user.logout', {});
  }

  async #identifies(browser: Browser, subject: number, opensAfter: boolean): Promise<void> {
    const secret = this.newSecret();
    const answer = await identify(browser.device, `subject ${subject}`, secret);
    if (codeOf(answer) !== 'user.identified') return this.opens(browser);
    const user = userIn(answer);
    expect(this.known.get(subject) ?? user).toBe(user);
    this.known.set(subject, user);
    if (browser.user !== user) browser.secret = secret;
    browser.user = user;
    if (opensAfter) await this.opens(browser);
  }

  async check(): Promise<void> {
    const known = [...this.known.values()];
    expect(new Set(known).size).toBe(known.length);
    for (const user of known) {
      const row = await this.stage.store.user(user);
      expect(row).toMatchObject({ kind: 'user' });
      expect(row?.mergedInto).toBeUndefined();
    }
    for (const visitor of this.visitors) {
      const row = await this.stage.store.user(visitor);
      if (row?.mergedInto !== undefined) expect(known).toContain(row.mergedInto);
    }
  }
}

test('no sequence of signing in, logging out and opening makes one of two known users', async () => {
  let merges = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const model = await new Model(await signingStage({ newUsers: { perSecond: 100, burst: 1_000 } })).begin();
      for (const action of steps) await model.run(action);
      await model.check();
      for (const visitor of model.visitors) {
        if ((await model.stage.store.user(visitor))?.mergedInto !== undefined) merges += 1;
      }
      await model.stage.friend.stop();
    }),
    { numRuns: 100, seed: 11 },
  );

  expect(merges).toBeGreaterThan(50);
});
