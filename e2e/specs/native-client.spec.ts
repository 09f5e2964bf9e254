import { xml } from '@xmpp/client';
import { SlixmppClient } from '../fixtures/slixmpp-client.ts';
import { expect, test } from '../fixtures/test.ts';
import { planted } from '../fixtures/told-addresses.ts';
import { XmppAccount } from '../fixtures/xmpp-account.ts';

const states = 'http://jabber.org/protocol/chatstates';

/** Names the message that is answered (XEP-0461), and how many characters quote it (XEP-0428). */
function replyTo(id: string, end: number): ReturnType<typeof xml>[] {
  const quote = xml('body', { start: '0', end: String(end) });
  return [
    xml('reply', { xmlns: 'urn:xmpp:reply:0', id }),
    xml('fallback', { xmlns: 'urn:xmpp:fallback:0', for: 'urn:xmpp:reply:0' }, quote),
  ];
}

test('a colleague answers a visitor from an XMPP client that knows nothing of us', async ({ joins, stack }) => {
  const visitor = await joins('support', 'Vera');
  await expect(visitor.panel).toContainText('We are away');
  await visitor.says('Is the teapot dishwasher safe?');
  await visitor.sent('Is the teapot dishwasher safe?');

  const carla = await XmppAccount.online(stack.xmpp, 'carla');
  await carla.shows({ to: stack.address });
  const question = await carla.heard.until('for the question', ({ text }) => text.includes('dishwasher safe'));
  await expect(visitor.panel).not.toContainText('We are away');
  expect(question.text).toBe('Vera: Is the teapot dishwasher safe?');
  expect(question.from).toMatch(/^c_support_[0-9a-z]+@friend\.localhost$/);

  await carla.signs(question.from, xml('composing', { xmlns: states }));
  await expect(visitor.panel).toContainText(/is typing/i);
  await carla.says(question.from, 'It is. Top shelf, please.', 'm1');
  await visitor.reads('It is. Top shelf, please.');
  await carla.says(
    question.from,
    'It is. Top rack, please.',
    'm2',
    xml('replace', { xmlns: 'urn:xmpp:message-correct:0', id: 'm1' }),
  );
  await visitor.reads('It is. Top rack, please.');

  await visitor.says(`I am ${planted}`);
  await visitor.sent(`I am ${planted}`);
  await carla.heard.until('for the planted address', ({ text }) => text.includes(planted));
  expect(carla.addresses.all).toContain(planted);

  await carla.leaves();
  await expect(visitor.panel).toContainText('We are away');
});

test('a colleague with an XMPP client and a visitor react to a message, and answer it by name', async ({
  joins,
  stack,
}) => {
  const visitor = await joins('support', 'Vanja');
  await visitor.says('Which one is blue?');
  await visitor.sent('Which one is blue?');
  const chris = await XmppAccount.online(stack.xmpp, 'chris');
  await chris.shows({ to: stack.address });
  const { from: chat, id } = await chris.heard.until('for the question', ({ text }) => text.includes('is blue?'));

  const reactions = { xmlns: 'urn:xmpp:reactions:0', id };
  await chris.signs(chat, xml('reactions', reactions, xml('reaction', {}, '👍')));
  await expect(visitor.log.locator('.chip')).toHaveAccessibleName(/^👍.* by/);
  await visitor.log.locator('.chip').click();
  await chris.heard.until('for the reaction', ({ signs }) => signs.includes(`reactions ${id}`));
  await chris.says(chat, '> Which one\nThe left one', 'r1', ...replyTo(id, '> Which one\n'.length));
  await expect(visitor.log.locator('.bubble', { hasText: /The left one$/ })).toHaveCount(1);
  await expect(visitor.log).not.toContainText('>');
  await expect(visitor.log.locator('.quoted .line')).toHaveText('Which one is blue?');

  await chris.signs(chat, xml('reactions', reactions));
  await expect(visitor.log.locator('.chip')).toHaveAccessibleName(/by (you|Vanja)/i);
  await chris.leaves();
});

test('what a visitor says while the colleague is away waits for him', async ({ joins, stack }) => {
  const cora = await XmppAccount.online(stack.xmpp, 'cora');
  await cora.shows({ to: stack.address });
  const visitor = await joins('support', 'Victor');
  await expect(visitor.panel).not.toContainText('We are away');
  await cora.leaves();

  await visitor.says('Are you closed on Monday?');
  await visitor.sent('Are you closed on Monday?');
  await stack.friend.kill();
  await stack.friend.start();
  const again = await XmppAccount.online(stack.xmpp, 'cora');

  const question = await again.heard.until('for the question', ({ text }) => text.includes('closed on Monday'));
  expect(question.text).toBe('Victor: Are you closed on Monday?');
  await again.leaves();
});

test('a person with slixmpp and a visitor see each other write, read and correct', async ({ joins, stack }) => {
  const visitor = await joins('support', 'Viola');
  const sam = await SlixmppClient.online(stack.xmpp, 'sam');
  await visitor.says('I need somebody');
  await visitor.sent('I need somebody');
  sam.does('add', stack.address);
  await sam.heard.until('to be let in', ({ event, from }) => event === 'subscribed' && from === stack.address);

  const asked = await sam.heard.until('for the words', ({ text }) => text === 'Viola: I need somebody');
  const chat = asked.from ?? '';
  sam.does('see', chat, asked.id ?? '');
  await expect(visitor.log).toContainText(/read|seen/i);
  sam.does('compose', chat);
  await expect(visitor.panel).toContainText(/is typing/i);
  sam.does('say', chat, 'Hre I am', 'w1');
  await visitor.reads('Hre I am');
  await sam.heard.until('for the receipt', ({ event, of }) => event === 'receipt' && of === 'w1');
  sam.does('correct', chat, 'Here I am', 'w1');
  await visitor.reads('Here I am');

  await visitor.composer.fill('Tha');
  await sam.heard.until('to see typing', ({ event, from }) => event === 'composing' && from === chat);
  await visitor.says('Thank you');
  await sam.heard.until('for thanks', ({ text }) => text === 'Viola: Thank you');
  sam.does('card', chat);
  await sam.heard.until('for the card', ({ event, name }) => event === 'card' && name === 'Viola');

  await visitor.says(`I am ${planted}`);
  await visitor.sent(`I am ${planted}`);
  await sam.heard.until('for the planted address', ({ text }) => text?.includes(planted) === true);
  expect(sam.addresses.all).toContain(planted);
  sam.leaves();
});
