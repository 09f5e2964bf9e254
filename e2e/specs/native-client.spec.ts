import { xml } from '@xmpp/client';
import { SlixmppClient } from '../fixtures/slixmpp-client.ts';
import { expect, test } from '../fixtures/test.ts';
import { XmppAccount } from '../fixtures/xmpp-account.ts';

const states = 'http://jabber.org/protocol/chatstates';

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

  await carla.leaves();
  await expect(visitor.panel).toContainText('We are away');
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
  sam.leaves();
});
