import { expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { online } from './staged-chat.ts';
import { fact, head, person, tick } from './staged-friend.ts';

test('counts who waits from any screen: fetched once, and again after each opening', async () => {
  const { chat, friend } = await online(new FakeClock());

  chat.act('people.wanted', {});
  chat.act('people.wanted', {});
  await tick();
  const first = friend.types.filter((type) => type === 'relation.list').length;
  friend.forget();
  friend.tells(fact('friend.hello', {}));
  await friend.welcomes();

  expect(first).toBe(1);
  expect(friend.types).toContain('relation.list');
  expect(friend.types).toContain('invite.list');
});

test('keeps the members that are looked at in step with who comes and goes', async () => {
  const { chat, friend } = await online(new FakeClock());
  const ann = { person: person('u_ann'), role: 'owner' };
  const bob = { person: person('u_bob'), role: 'member' };
  const stored = { log: 'c_1', by: 'u_ann' };
  friend.tells(fact('member.listed', { conversation: 'c_1', members: [ann] }));

  friend.tells({ ...fact('member.joined', bob), ...stored, seq: 4, prev: 3 });
  const joined = chat.view.members.c_1?.list;
  friend.tells({ ...fact('member.left', { person: bob.person }), ...stored, seq: 5, prev: 4 });

  expect(joined).toEqual([ann, bob]);
  expect(chat.view.members.c_1?.list).toEqual([ann]);
});

test('holds who was removed for good among the members, until one is let in again, and still knows that there are more', async () => {
  const { chat, friend } = await online(new FakeClock());
  const [ann, bob] = [
    { person: person('u_ann'), role: 'owner' },
    { person: person('u_bob'), role: 'banned' },
  ];
  friend.tells(fact('member.listed', { conversation: 'c_1', members: [ann], next: 'u_ann' }));

  friend.tells(fact('member.listed', { conversation: 'c_1', members: [bob], banned: true }));
  const held = chat.view.members.c_1;
  const stored = { log: 'c_1', by: 'u_ann', seq: 4, prev: 3 };
  friend.tells({ ...fact('member.left', { person: bob.person, ban: false }), ...stored });

  expect(held).toEqual({ list: [ann, bob], next: 'u_ann' });
  expect(chat.view.members.c_1?.list).toEqual([ann]);
});

test.each([
  ['owner', 2],
  ['member', 1],
] as const)('asks as %s for so many lists of a group: %i', async (role, lists) => {
  const { chat, friend } = await online(new FakeClock());
  friend.tells(fact('conversation.listed', { conversations: [head(0, { role })] }));
  await tick();
  friend.forget();

  chat.act('screen.show', { at: 'group', id: 'c_1' });
  await tick();

  expect(friend.types.filter((type) => type === 'member.list')).toHaveLength(lists);
});

test('lists the devices anew once one of them was logged out', async () => {
  const { chat, friend } = await online(new FakeClock());
  const [here, there] = [
    { device: 'd_1', current: true },
    { device: 'd_2', current: false },
  ];
  chat.act('screen.show', { at: 'me' });
  await tick();
  friend.tells(fact('device.listed', { devices: [here, there] }, friend.last('device.list').id));
  const before = chat.view.devices;

  chat.act('wish', { type: 'device.revoke', body: { device: 'd_2' } });
  await tick();
  friend.tells(fact('ack', {}, friend.last('device.revoke').id));
  await tick();
  friend.tells(fact('device.listed', { devices: [here] }, friend.last('device.list').id));

  expect(before).toEqual([here, there]);
  expect(chat.view.devices).toEqual([here]);
});
