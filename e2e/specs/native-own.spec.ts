import { SlixmppClient } from '../fixtures/slixmpp-client.ts';
import { expect, test } from '../fixtures/test.ts';

test('somebody with slixmpp who is no colleague finds what he may do, joins a room and leaves it', async ({
  joins,
  room,
  stack,
}) => {
  const visitor = await joins(room, 'Wera');
  await visitor.says('Anybody here?');
  await visitor.sent('Anybody here?');
  const uma = await SlixmppClient.online(stack.xmpp, 'uma');
  uma.does('add', stack.address);
  await uma.heard.until('to be let in', ({ event, from }) => event === 'subscribed' && from === stack.address);

  uma.does('commands', stack.address);
  const { nodes } = await uma.heard.until('for the commands', ({ event }) => event === 'commands');
  uma.does('run', stack.address, 'join', 'where', room);
  const ran = await uma.heard.until('to be in', ({ event, node }) => event === 'ran' && node === 'join');
  const [, group = ''] = /xmpp:(\S+)/.exec(ran.notes ?? '') ?? [];
  uma.does('say', group, 'Here I am', 'o1');
  await visitor.reads('Here I am');
  uma.does('say', group, '/commands members', 'o2');
  const members = await uma.heard.until('for the members', ({ text }) => text?.startsWith('Befriend: ') === true);
  uma.does('say', group, '/commands leave', 'o3');
  await uma.heard.until('to have left', ({ text }) => text === 'Befriend: You have left.');

  expect(nodes?.split(' ').sort()).toEqual(['accept', 'blocked', 'conversations', 'decline', 'join']);
  expect(members.text).toMatch(/Wera \(/);
  await expect(visitor.panel).not.toContainText('/commands');
  uma.leaves();
});
