import { expect, test } from 'vitest';
import type { AnyFact, Facts } from '../../protocol/facts.ts';
import { Stage } from '../bin/contract-stage.ts';

const at = { url: 'https://shop.example.com/teapots', title: 'Teapots' };

function toldIn(facts: readonly AnyFact[]): Facts['visitor.told'][] {
  return facts.flatMap((fact) => (fact.type === 'visitor.told' ? [fact.body] : []));
}

test('asks a visitor where he is when a colleague looks at what he asks, and tells that colleague alone', async () => {
  const stage = await Stage.open();
  const [ann, cleo, dora] = [await stage.person('ann'), await stage.colleague('cleo'), await stage.colleague('dora')];
  await ann.says('support', 'Help me');

  await cleo.ask('conversation.open', { conversation: `c_support_${ann.user.slice(2)}` });
  await ann.heard(({ type }) => type === 'page.wanted');
  const answer = await ann.ask('page.changed', at);
  await cleo.heard(({ type }) => type === 'visitor.told');
  await dora.quiet();

  expect(answer.type).toBe('ack');
  expect(toldIn(cleo.told)).toEqual([{ user: ann.user, page: { ...at, at: stage.clock.now() } }]);
  expect(toldIn(dora.told)).toEqual([]);
  expect(toldIn(ann.told)).toEqual([]);
});

test('shows a colleague who looks later what the page said last, and asks each new connection', async () => {
  const stage = await Stage.open();
  const [ann, cleo] = [await stage.person('ann'), await stage.colleague('cleo')];
  await ann.says('support', 'Help me');
  await ann.ask('profile.tell', { attributes: { plan: 'gold', seats: 3 } });
  await ann.ask('page.changed', at);

  await cleo.ask('conversation.open', { conversation: `c_support_${ann.user.slice(2)}` });
  await cleo.quiet();
  await ann.ask('conversation.open', { conversation: 'support' });
  await ann.quiet();

  expect(toldIn(cleo.told)).toEqual([
    { user: ann.user, page: { ...at, at: stage.clock.now() }, attributes: { plan: 'gold', seats: 3 } },
  ]);
  expect(ann.told.filter(({ type }) => type === 'page.wanted')).toHaveLength(2);
});

test('asks nobody at whom no colleague looks, and refuses attributes without a bound', async () => {
  const stage = await Stage.open();
  const [ann, bob] = [await stage.person('ann'), await stage.person('bob')];
  await ann.says('support', 'Help me');

  await ann.ask('conversation.open', { conversation: 'support' });
  await bob.ask('conversation.open', { conversation: 'room:lobby' });
  const many = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`a${index}`, true]));
  const refused = await ann.ask('profile.tell', { attributes: many });
  await ann.quiet();

  expect(refused).toMatchObject({ type: 'error', body: { code: 'schema' } });
  expect([...ann.told, ...bob.told].filter(({ type }) => type === 'page.wanted')).toEqual([]);
});
