import { expect, test } from 'vitest';
import type { AnyFact, Facts } from '../../protocol/facts.ts';
import { type Device, Stage } from './contract-stage.ts';

/** What Ann may do towards Bob who has stated this of her: said once more, apart from the product's own table. */
const expected: Readonly<Record<string, string>> = {
  stranger: 'message typing read',
  follower: 'message typing read presence',
  acquaintance: 'message typing read presence',
  contact: 'message typing read presence seen group',
  close: 'message typing read presence seen group',
  'contact, distant': 'message',
  'contact, blocked': '',
  'contact, muted': 'message typing read presence seen group',
  distant: 'message',
  blocked: '',
};

async function state(bob: Device, ann: Device, kind: string): Promise<void> {
  if (kind === 'stranger') return;
  const isMutual = kind === 'acquaintance' || kind === 'contact' || kind === 'close';
  if (isMutual) {
    await ann.ask('relation.ask', { user: bob.user, kind: kind === 'close' ? 'contact' : kind });
    await bob.ask('relation.accept', { user: ann.user });
  }
  if (!isMutual || kind === 'close') await bob.ask('relation.set', { user: ann.user, kind });
}

/** What Ann sees of Bob and what of hers reaches him, found by trying. */
async function found(stage: Stage, ann: Device, bob: Device): Promise<string> {
  const said = await ann.says(`user:${bob.user}`, 'Are you there?');
  const direct = said.log ?? '';
  const group = await ann.ask('conversation.create', { name: 'Trip', people: [bob.user] });
  await bob.ask('conversation.open', { conversation: direct });
  bob.send(
    bob.action('typing.set', { conversation: direct, on: true }),
    bob.action('marker.set', { conversation: direct, read: said.seq ?? 0 }),
  );
  await bob.quiet();
  // Who has just been shut out sees the other leave, as people leave: a moment later.
  stage.clock.advance(60_000);
  const here = await watched(ann, bob);
  const left = stage.clock.now();
  bob.leave();
  stage.clock.advance(60_000);
  await ann.quiet();
  const gone = await watched(ann, bob);
  const told = (device: Device, fits: (fact: AnyFact) => boolean): boolean => device.told.some(fits);
  const observed = {
    message: told(bob, (fact) => fact.type === 'message.sent' && fact.by === ann.user),
    typing: told(ann, (fact) => fact.type === 'typing.changed' && fact.body.user === bob.user),
    read: told(ann, (fact) => fact.type === 'marker.moved' && fact.body.user === bob.user),
    presence: here?.show === 'available',
    seen: (gone?.seen ?? 0) >= left,
    group: (await stage.store.member(group.log ?? '', bob.user)) !== undefined,
  };
  return Object.entries(observed)
    .flatMap(([grant, holds]) => (holds ? [grant] : []))
    .join(' ');
}

async function watched(ann: Device, bob: Device): Promise<Facts['presence.changed'] | undefined> {
  const listed = await ann.ask('presence.watch', { users: [bob.user] });
  return listed.type === 'presence.listed' ? listed.body.people[0] : undefined;
}

test.each(Object.entries(expected))('gives whom Bob keeps as %s: %s', async (kinds, grants) => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  for (const kind of kinds.split(', ')) await state(bob, ann, kind);

  const observed = await found(stage, ann, bob);

  expect(observed).toBe(grants);
});
