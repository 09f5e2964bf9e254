import { expect, test } from 'vitest';
import { declareRoles, type Roles, roleOf, shippedRoles } from './roles.ts';

const plain: Roles = { owner: { may: ['send'], over: ['member'] }, member: { may: ['send'] } };

test('takes the shipped table and one of a site', () => {
  const declared = [declareRoles(shippedRoles), declareRoles(plain)];

  expect(declared).toEqual([shippedRoles, plain]);
});

test.each([
  ['a name that is none', { ...plain, Admin: { may: [] } }, 'Admin is no name for a role'],
  ['the name of who was banned', { ...plain, banned: { may: [] } }, 'banned is no name for a role'],
  ['a role over one that is not there', { ...plain, boss: { may: [], over: ['clerk'] } }, 'boss is over clerk'],
])('refuses %s', (_, roles: Roles, reason) => {
  expect(() => declareRoles(roles)).toThrow(/^FRIEND_ROLE: /);
  expect(() => declareRoles(roles)).toThrow(reason);
});

test('takes a role that is declared no more for a member', () => {
  const found = ['owner', 'knight', 'constructor'].map((name) => roleOf(plain, name));

  expect(found).toEqual([plain.owner, plain.member, plain.member]);
});
