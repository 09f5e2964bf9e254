import { expect, test } from 'vitest';
import type { Extras } from '../../protocol/extras.ts';
import { Stage, textsOf } from '../bin/contract-stage.ts';
import { append } from './effect.ts';
import { FriendError } from './errors.ts';
import { checkOffer } from './offer.ts';

const yes = { id: 'yes', label: 'Yes' };

test.each<[string, Extras]>([
  ['replies', { replies: [yes, { id: 'no', label: 'No' }] }],
  ['buttons that lead to a page', { buttons: [{ ...yes, href: 'https://example.com/' }] }],
  ['cards', { cards: [{ title: 'Tea', text: 'Green', image: 'https://example.com/tea.png', buttons: [yes] }] }],
  ['a form', { form: { fields: [{ id: 'c', label: 'Colour', kind: 'choice', options: [yes] }], send: 'Go' } }],
  ['something of the team’s own', { custom: { type: 'order.card', data: { number: 7 } } }],
  ['what a message has beside an offer', { reply: 3, mentions: ['u_1'], reactions: { '👍': ['u_1'] } }],
])('takes %s', (_, extras) => {
  const check = () => checkOffer({ text: 'Well?', extras });

  expect(check).not.toThrow();
});

test.each([
  ['a key that does not exist', { button: [yes] }, 'extras.button does not exist'],
  ['one that is deeper', { cards: [{ title: 'Tea', picture: 'x' }] }, 'extras.cards[0].picture'],
  ['a value of the wrong type', { replies: 'yes' }, 'wrong type'],
  [
    'a kind of field that does not exist',
    { form: { fields: [{ id: 'a', label: 'A', kind: 'colour' }] } },
    'wrong type',
  ],
  ['two choices with one id', { replies: [yes], buttons: [yes] }, 'have the id yes'],
  ['a choice without label', { replies: [{ id: 'yes', label: ' ' }] }, 'a label in replies'],
  ['a choice without id', { buttons: [{ id: '', label: 'Yes' }] }, 'an id in buttons'],
  ['an address that is no page', { buttons: [{ ...yes, href: 'javascript:alert(1)' }] }, 'http and https alone'],
  ['a reply that leads somewhere', { replies: [{ ...yes, href: 'https://example.com/' }] }, 'leads nowhere'],
  ['too many choices', { replies: Array.from({ length: 21 }, (_, id) => ({ id: `${id}`, label: 'x' })) }, 'at most 20'],
  ['the id of a file as a picture', { cards: [{ title: 'Tea', image: `f_${'a'.repeat(20)}` }] }, 'the image'],
  ['a picture from anywhere', { cards: [{ title: 'Tea', image: 'data:image/png,' }] }, 'the image'],
  ['a form without fields', { form: { fields: [] } }, '1 to 30 fields'],
  [
    'a choice without options',
    { form: { fields: [{ id: 'c', label: 'C', kind: 'choice' }] } },
    'options of the field c',
  ],
  ['a type of the team’s own without its area', { custom: { type: 'card' } }, 'like order.card'],
  ['one without a type', { custom: { data: 1 } }, 'wrong type'],
  ['one that is too long', { custom: { type: 'order.card', data: 'é'.repeat(2_048) } }, 'longer than 4096 bytes'],
  ['bounds that nothing fits', { form: { fields: [{ id: 'n', label: 'N', kind: 'number', min: 2, max: 1 }] } }, 'min'],
])('names %s as a developer’s error', (_, extras, detail) => {
  const check = () => checkOffer({ text: 'Well?', extras });

  expect(check).toThrow(FriendError);
  expect(check).toThrow('FRIEND_OFFER');
  expect(check).toThrow(detail);
});

test('wants words for those who see no more', () => {
  const check = () => checkOffer({ text: ' ', extras: { custom: { type: 'order.card' } } });

  expect(check).toThrow('order.card without a text');
});

test('stores nothing of a reaction that offers what no widget can show, and says why in the log', async () => {
  const stage = await Stage.open({
    prepare: (friend) =>
      friend.after('message.sent', ({ fact }) => [
        append(fact.log, 'message.sent', { text: 'Well?', extras: { button: [yes] } }, { item: true }),
      ]),
  });
  const ann = await stage.person('ann');

  await ann.says('room:lobby', 'Hello');
  await ann.quiet();

  expect(textsOf(ann.told)).toEqual(['Hello']);
  expect(JSON.stringify(stage.log)).toContain('FRIEND_OFFER');
});
