import { expect, test } from 'vitest';
import type { AnyFact, Facts } from '../../protocol/facts.ts';
import { Account, friend, rest } from '../bin/contract-account.ts';
import { identify, opens, signingStage, userIn } from '../bin/contract-identity.ts';
import { Stage } from '../bin/contract-stage.ts';

const at = { url: 'https://shop.example.com/teapots', title: 'Teapots' };

function toldIn(facts: readonly AnyFact[]): Facts['visitor.told'][] {
  return facts.flatMap((fact) => (fact.type === 'visitor.told' ? [fact.body] : []));
}

function supportOf({ user }: { readonly user: string }): string {
  return `c_support_${user.slice(2)}`;
}

function wantedBy(facts: readonly AnyFact[]): number {
  return facts.filter(({ type }) => type === 'page.wanted').length;
}

test('asks a visitor where he is when a colleague looks at what he asks, and tells that colleague alone', async () => {
  const stage = await Stage.open();
  const [ann, cleo, dora] = [await stage.person('ann'), await stage.colleague('cleo'), await stage.colleague('dora')];
  await ann.says('support', 'Help me');

  await cleo.ask('conversation.open', { conversation: supportOf(ann) });
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

  await cleo.ask('conversation.open', { conversation: supportOf(ann) });
  await cleo.quiet();
  await ann.ask('conversation.open', { conversation: 'support' });
  await ann.quiet();

  expect(toldIn(cleo.told)).toEqual([
    { user: ann.user, page: { ...at, at: stage.clock.now() }, attributes: { plan: 'gold', seats: 3 } },
  ]);
  expect(ann.told.filter(({ type }) => type === 'page.wanted')).toHaveLength(2);
});

test('tells from which other site a visitor came, as long as he goes about in this one', async () => {
  const stage = await Stage.open();
  const [ann, cleo] = [await stage.person('ann'), await stage.colleague('cleo')];
  await ann.says('support', 'Help me');
  await cleo.ask('conversation.open', { conversation: supportOf(ann) });

  await ann.ask('page.changed', { ...at, referrer: 'https://search.example/' });
  await ann.ask('page.changed', { url: 'https://shop.example.com/cart', title: 'Cart', referrer: at.url });
  await ann.ask('page.changed', { ...at, referrer: '' });
  await cleo.heard((fact) => toldIn([fact])[0]?.page?.title === 'Cart');
  await cleo.quiet();

  expect(toldIn(cleo.told).map(({ page }) => page?.referrer)).toEqual(Array(3).fill('https://search.example/'));
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

test('tells no more of a visitor once the colleague looks at another conversation, and asks him no more', async () => {
  const stage = await Stage.open();
  const [ann, bob, cleo] = [await stage.person('ann'), await stage.person('bob'), await stage.colleague('cleo')];
  for (const person of [ann, bob]) await person.says('support', 'Help me');

  for (const person of [ann, bob]) await cleo.ask('conversation.open', { conversation: supportOf(person) });
  for (const person of [ann, bob]) await person.ask('page.changed', at);
  for (const person of [ann, bob]) await person.ask('conversation.open', { conversation: 'support' });
  await cleo.quiet();
  await cleo.ask('conversation.open', { conversation: 'room:lobby' });
  await bob.ask('page.changed', at);
  await cleo.quiet();

  expect(toldIn(cleo.told).map(({ user }) => user)).toEqual([bob.user]);
  expect([wantedBy(ann.told), wantedBy(bob.told)]).toEqual([1, 2]);
});

test('forgets neither page nor attributes where both come at once', async () => {
  const stage = await Stage.open();
  const [ann, cleo] = [await stage.person('ann'), await stage.colleague('cleo')];
  await ann.says('support', 'Help me');
  await cleo.ask('conversation.open', { conversation: supportOf(ann) });

  await ann.answers(
    ann.action('page.changed', at),
    ann.action('profile.tell', { attributes: { plan: 'gold' } }),
    ann.action('page.changed', { ...at, title: 'Cups' }),
  );
  await cleo.quiet();

  expect(toldIn(cleo.told).at(-1)).toMatchObject({ page: { title: 'Cups' }, attributes: { plan: 'gold' } });
});

test('goes on telling of a visitor who signs in, under the name that he has then', async () => {
  const stage = await signingStage();
  const [ann, cleo] = [await stage.person('ann'), await stage.colleague('cleo')];
  await ann.says('support', 'Help me');
  const conversation = supportOf(ann);
  await cleo.ask('conversation.open', { conversation });
  await ann.ask('profile.tell', { attributes: { plan: 'gold' } });

  const user = userIn(await identify(ann, 'Ann', 'new', { name: 'Ann' }));
  await opens(ann, 'new');
  await ann.ask('conversation.open', { conversation: 'support' });
  await ann.quiet();
  await ann.ask('page.changed', at);
  await cleo.quiet();

  expect(wantedBy(ann.told)).toBe(2);
  expect(toldIn(cleo.told).at(-1)).toMatchObject({ user, page: at, attributes: { plan: 'gold' } });
});

test('asks nobody where he is because a colleague reads in an ordinary XMPP client, which cannot show it', async () => {
  const stage = await Stage.open({ accounts: { hosts: ['example.com'], colleagues: ['kim@example.com'] } });
  const kim = new Account(stage, 'kim@example.com');
  const ann = await stage.person('ann');
  await ann.says('support', 'Help me');
  await rest();

  kim.says(`${supportOf(ann)}@${friend}`, 'Yes?');
  await rest();
  await ann.ask('conversation.open', { conversation: 'support' });
  await ann.quiet();

  expect(kim.texts).toHaveLength(1);
  expect(ann.told.filter(({ type }) => type === 'message.sent')).not.toEqual([]);
  expect(wantedBy(ann.told)).toBe(0);
});

test('folds what a page says into single lines', async () => {
  const stage = await Stage.open();
  const [ann, cleo] = [await stage.person('ann'), await stage.colleague('cleo')];
  await ann.says('support', 'Help me');

  await ann.ask('profile.tell', { attributes: { plan: 'tin\nSigned by the site: gold', seats: 3 } });
  await ann.ask('page.changed', { ...at, title: 'Tea\r\n\u2028Note: pay her' });
  await cleo.ask('conversation.open', { conversation: supportOf(ann) });
  await cleo.quiet();

  expect(toldIn(cleo.told)).toMatchObject([
    { page: { title: 'Tea Note: pay her' }, attributes: { plan: 'tin Signed by the site: gold', seats: 3 } },
  ]);
});
