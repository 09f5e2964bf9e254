import { SlixmppClient } from '../fixtures/slixmpp-client.ts';
import { expect, test } from '../fixtures/test.ts';
import { planted } from '../fixtures/told-addresses.ts';

test('a colleague with slixmpp takes, notes and answers by commands, and a visitor sees the answer alone', async ({
  joins,
  stack,
}) => {
  const visitor = await joins('support', 'Wanda');
  const dora = await SlixmppClient.online(stack.xmpp, 'dora');
  dora.does('add', stack.address);
  await visitor.says('Is the kettle dishwasher safe?');
  await visitor.sent('Is the kettle dishwasher safe?');
  const asked = await dora.heard.until(
    'for the words',
    ({ text }) => text?.startsWith('Wanda: Is the kettle') === true,
  );
  const chat = asked.from ?? '';

  dora.does('say', chat, '/take', 'd1');
  await dora.heard.until('to have it', ({ text }) => text?.startsWith('Befriend: Wanda is yours.') === true);
  dora.does('see', chat, asked.id ?? '');
  await expect(visitor.log).toContainText(/read|seen/i);
  dora.does('compose', chat);
  await expect(visitor.panel).toContainText(/is typing/i);
  dora.does('say', chat, 'It si.', 'd2');
  await visitor.reads('It si.');
  dora.does('correct', chat, 'It is.', 'd2');
  await visitor.reads('It is.');

  dora.does('commands', chat);
  const { nodes } = await dora.heard.until('for the commands', ({ event }) => event === 'commands');
  expect(nodes?.split(' ')).toEqual(expect.arrayContaining(['take', 'transfer', 'note', 'snooze', 'close', 'who']));
  dora.does('run', chat, 'note', 'text', 'a hidden word');
  const ran = await dora.heard.until('for the note', ({ event, node }) => event === 'ran' && node === 'note');
  expect([ran.status, ran.notes]).toEqual(['completed', 'Noted.']);
  dora.does('say', chat, '/note another hidden word', 'd3');
  await dora.heard.until('for the other note', ({ text }) => text === 'Befriend: Noted.');
  dora.does('say', chat, '/noet a mistyped hidden word', 'd4');
  await dora.heard.until('what exists', ({ text }) => text?.includes('There is no command /noet') === true);
  dora.does('say', chat, '/who', 'd5');
  const card = await dora.heard.until('for the card', ({ text }) => text?.startsWith('Befriend: Wanda (') === true);
  expect(card.text).toMatch(/Note by dora: a hidden word\nNote by dora: another hidden word/);

  await visitor.says('Thanks');
  await visitor.sent('Thanks');
  await visitor.page.reload();
  await visitor.opens();
  await visitor.reads('It is.');
  await expect(visitor.panel).not.toContainText(/hidden word|\/take|\/who/);
  dora.leaves();
});

test('a colleague gives a case to another who sits at Profanity, and nothing is lost while that one is away', async ({
  joins,
  sits,
  stack,
}) => {
  const visitor = await joins('support', 'Wilma');
  const dora = await SlixmppClient.online(stack.xmpp, 'dora');
  dora.does('add', stack.address);
  const petra = await sits('petra');
  await petra.adds(stack.address);
  await visitor.says('Where is my parcel?');
  await visitor.sent('Where is my parcel?');
  const asked = await dora.heard.until('for the words', ({ text }) => text === 'Wilma: Where is my parcel?');
  const chat = asked.from ?? '';

  dora.does('say', chat, '/take', 'p1');
  await dora.heard.until('to have it', ({ text }) => text?.startsWith('Befriend: Wilma is yours.') === true);
  dora.does('say', chat, 'Petra knows.', 'p2');
  await visitor.reads('Petra knows.');
  dora.does('say', chat, '/transfer petra', 'p3');
  await dora.heard.until('to have given it', ({ text }) => text === 'Befriend: petra has it now.');

  await petra.opens(chat);
  await petra.sees('You have this case now');
  await petra.sees('Petra knows.');
  await petra.types('It comes tomorrow.');
  await visitor.reads('It comes tomorrow.');
  await petra.types('//note ask the driver');
  await petra.sees('Befriend: Noted.');
  await visitor.says('When?');
  await petra.sees('Wilma: When?');
  await visitor.says(`I am ${planted}`);
  await visitor.sent(`I am ${planted}`);
  await petra.sees(planted);
  expect(petra.addresses.all).toContain(planted);

  await petra.leaves();
  await visitor.says('At noon?');
  await visitor.says('Or later?');
  await visitor.sent('Or later?');
  const again = await sits('petra');
  await again.opens(chat);
  await again.sees(/Wilma: At noon\?[\s\S]*Wilma: Or later\?/);
  await again.types('At noon.');
  await visitor.reads('At noon.');
  await again.types('//close');
  await again.sees('Befriend: Closed.');

  await expect(visitor.panel).not.toContainText(/ask the driver|\/note|\/close/);
  await again.leaves();
  dora.leaves();
});
