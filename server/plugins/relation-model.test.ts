import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import type { shippedRelations } from '../core/relation-kinds.ts';

/** One wish of one of two people towards the other. */
type Move = readonly [who: 0 | 1, verb: Verb, kind: Kind];
type Verb = 'ask' | 'accept' | 'decline' | 'withdraw' | 'set' | 'end' | 'block' | 'unblock';
type Kind = keyof typeof shippedRelations.closeness.kinds;

const order: readonly Kind[] = ['follower', 'acquaintance', 'contact', 'close'];
const both: readonly Kind[] = ['acquaintance', 'contact'];

/** The same as the product says in words, for two people, without rows, logs or audiences. */
class Model {
  /** What each grants the other. */
  readonly near: [Kind | undefined, Kind | undefined] = [undefined, undefined];
  readonly asks: [Kind | undefined, Kind | undefined] = [undefined, undefined];
  /** Whether each one's request is in sight of the other. */
  readonly seen: [boolean, boolean] = [true, true];
  readonly blocks: [boolean, boolean] = [false, false];

  move([me, verb, kind]: Move): string {
    const other = me === 0 ? 1 : 0;
    const mine = this.near[me];
    const theirs = this.near[other];
    switch (verb) {
      case 'ask':
        if (kind === 'close') return 'kind_unknown';
        if (this.blocks[me]) return 'limited';
        if (rank(theirs) >= rank(kind) || this.asks[me] === kind) return 'ack';
        if (both.includes(kind) && this.asks[other] === kind && this.seen[other]) return this.#agree(me, other, kind);
        this.asks[me] = kind;
        this.seen[me] = !this.blocks[other];
        return 'relation.changed';
      case 'accept': {
        const asked = this.seen[other] ? this.asks[other] : undefined;
        return asked === undefined ? 'not_found' : this.#agree(me, other, asked);
      }
      case 'decline':
        if (this.asks[other] === undefined || !this.seen[other]) return 'not_found';
        this.asks[other] = undefined;
        return 'relation.changed';
      case 'withdraw':
        if (this.asks[me] === undefined) return 'not_found';
        this.asks[me] = undefined;
        return 'relation.changed';
      case 'set':
        if (kind === 'close' ? rank(mine) < rank('contact') : both.includes(kind) && rank(mine) < rank(kind)) {
          return 'needs_asking';
        }
        return this.#set(me, other, kind);
      case 'end': {
        const shared = theirs !== undefined;
        if (mine === undefined && !shared) return 'ack';
        this.near[me] = undefined;
        if (shared) this.near[other] = undefined;
        return 'relation.changed';
      }
      case 'block':
        this.blocks[me] = true;
        this.asks[me] = undefined;
        this.seen[other] = this.asks[other] === undefined;
        return 'relation.changed';
      case 'unblock': {
        const had = this.blocks[me];
        this.blocks[me] = false;
        return had ? 'relation.changed' : 'ack';
      }
      default:
        return verb satisfies never;
    }
  }

  #agree(me: 0 | 1, other: 0 | 1, kind: Kind): string {
    this.near[me] = kind;
    if (both.includes(kind)) {
      this.near[other] = kind;
      const own = this.asks[me];
      if (own !== undefined && rank(own) <= rank(kind)) this.asks[me] = undefined;
    }
    this.asks[other] = undefined;
    return 'relation.changed';
  }

  #set(me: 0 | 1, other: 0 | 1, kind: Kind): string {
    const wasShared = this.near[me] !== undefined && this.near[me] !== 'follower';
    const theirs = this.near[other];
    const isShared = theirs !== undefined && theirs !== 'follower';
    if (kind === 'follower' && wasShared && isShared) this.near[other] = undefined;
    if (both.includes(kind) && isShared && rank(theirs) > rank(kind)) this.near[other] = kind;
    const asked = this.asks[other];
    const met = asked !== undefined && this.seen[other] && rank(asked) <= rank(kind);
    if (met && (asked === 'follower' || both.includes(kind))) this.asks[other] = undefined;
    this.near[me] = kind;
    return 'relation.changed';
  }

  /** What each of the two knows, in words. */
  view(me: 0 | 1): string[] {
    const other = me === 0 ? 1 : 0;
    const theirs = this.near[other] === 'close' ? 'contact' : this.near[other];
    return [
      this.asks[me] === undefined ? '' : `ask ${this.asks[me]} own`,
      this.asks[other] === undefined || !this.seen[other] ? '' : `ask ${this.asks[other]} theirs`,
      this.near[me] === undefined ? '' : `closeness ${this.near[me]} own`,
      theirs === undefined ? '' : `closeness ${theirs} theirs`,
      this.blocks[me] ? 'limit blocked own' : '',
    ].filter((line) => line !== '');
  }
}

function rank(kind: Kind | undefined): number {
  return kind === undefined ? -1 : order.indexOf(kind);
}

const moves = fc.array(
  fc.tuple(
    fc.constantFrom<0 | 1>(0, 1),
    fc.constantFrom<Verb>('ask', 'ask', 'accept', 'decline', 'withdraw', 'set', 'end', 'block', 'unblock'),
    fc.constantFrom<Kind>(...order),
  ),
  { minLength: 1, maxLength: 25 },
);

async function carryOut(device: Device, other: Device, verb: Verb, kind: Kind): Promise<string | undefined> {
  const { user } = other;
  if (verb === 'block') return codeOf(await device.ask('relation.set', { user, kind: 'blocked' }));
  if (verb === 'unblock') return codeOf(await device.ask('relation.end', { user, slot: 'limit' }));
  if (verb === 'end') return codeOf(await device.ask('relation.end', { user, slot: 'closeness' }));
  if (verb === 'ask' || verb === 'set') return codeOf(await device.ask(`relation.${verb}`, { user, kind }));
  return codeOf(await device.ask(`relation.${verb}`, { user }));
}

async function viewOf(device: Device, other: Device): Promise<string[]> {
  const shown = await device.ask('user.show', { user: other.user });
  if (shown.type !== 'user.shown') throw new Error(`It was ${shown.type}.`);
  return shown.body.relations.map(({ slot, kind, own }) => `${slot} ${kind} ${own ? 'own' : 'theirs'}`);
}

test('two people stand as the model says after every sequence of wishes', async () => {
  const stage = await Stage.open({ newUsers: { perSecond: 1_000, burst: 10_000 } });
  let pairs = 0;

  await fc.assert(
    fc.asyncProperty(moves, async (sequence) => {
      pairs += 1;
      const people = [await stage.person(`one${pairs}`), await stage.person(`other${pairs}`)] as const;
      const model = new Model();
      for (const move of sequence) {
        const [me, verb, kind] = move;
        const other = me === 0 ? 1 : 0;
        const expected = model.move(move);
        const answered = await carryOut(people[me], people[other], verb, kind);
        // What changes nothing is not stored again.
        if (answered === 'ack') expect(['ack', 'relation.changed']).toContain(expected);
        else expect([...sequence, answered]).toEqual([...sequence, expected]);
        expect(await viewOf(people[0], people[1])).toEqual(model.view(0));
        expect(await viewOf(people[1], people[0])).toEqual(model.view(1));
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);
