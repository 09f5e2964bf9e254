import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { apply } from './apply.ts';
import { fact, head, message, openedPage, person } from './staged-friend.ts';
import { type Conversation, emptyView, type View } from './view.ts';

const nothing: View = { ...emptyView, me: person('u_me') };

/** What one sees who holds messages 1 to 3 of `c_1`. */
const three = drawn(nothing, ...openedPage({ to: 3 }, [message(1), message(2), message(3)]));

function drawn(view: View, ...facts: readonly AnyFact[]): View {
  return facts.reduce(apply, view);
}

function held({ conversations: { c_1: conversation } }: View): Conversation {
  if (conversation === undefined) throw new Error('the conversation is not held');
  return conversation;
}

test('counts what nobody has looked at, not what is known, and nothing any more once one has answered', () => {
  const two = drawn(three, message(4), message(4), message(5));

  const answered = drawn(two, message(6, { by: 'u_me' }));

  expect(two.unread).toBe(2);
  expect(answered.unread).toBe(0);
});

test('stops counting at 99', () => {
  const facts = Array.from({ length: 120 }, (_, index) => message(index + 4));

  const many = drawn(three, ...facts);

  expect(many.unread).toBe(99);
});

test('holds a listed conversation without items, and counts on from its head', () => {
  const listed = drawn(nothing, fact('conversation.listed', { conversations: [head(8, { unread: 2, read: 6 })] }));

  const view = drawn(listed, message(9));

  expect(held(view)).toMatchObject({ items: [], ready: false, to: 9, unread: 3 });
  expect(held(view).line).toEqual({ by: 'u_bob', text: 'text 9' });
});

test('puts the conversation used last in front of the list', () => {
  const heads = [head(1, { id: 'c_1', at: 10 }), head(1, { id: 'c_2', at: 20 })];
  const listed = drawn(nothing, fact('conversation.listed', { conversations: heads }));

  const view = drawn(listed, message(2, { at: 30 }));

  expect(listed.list).toEqual(['c_2', 'c_1']);
  expect(view.list).toEqual(['c_1', 'c_2']);
});

test('shows who types until his message comes, and never oneself', () => {
  const typing = { conversation: 'c_1', user: 'u_bob', on: true };
  const both = drawn(three, fact('typing.changed', typing), fact('typing.changed', { ...typing, user: 'u_me' }));

  const view = drawn(both, message(4));

  expect(held(both).typing).toEqual(['u_bob']);
  expect(held(view).typing).toEqual([]);
});

test('keeps how far others have read, and never goes back', () => {
  const marks = [3, 2].map((read) => fact('marker.moved', { conversation: 'c_1', user: 'u_bob', read }));

  const view = drawn(three, ...marks);

  expect(held(view).got).toEqual({ u_bob: { read: 3, delivered: 3 } });
});

test('takes what one has read in another tab for read', () => {
  const two = drawn(three, message(4), message(5));

  const view = drawn(two, fact('marker.moved', { conversation: 'c_1', user: 'u_me', read: 5 }));

  expect(view.unread).toBe(0);
});

test('takes the newest count of who has read a message, and keeps those of others', () => {
  const first = [
    { seq: 1, delivered: 9, read: 9 },
    { seq: 2, delivered: 9, read: 4 },
  ];
  const later = [{ seq: 2, delivered: 12, read: 8 }];

  const view = drawn(
    three,
    fact('marker.counted', { conversation: 'c_1', counts: first }),
    fact('marker.counted', { conversation: 'c_1', counts: later }),
    fact('marker.counted', { conversation: 'c_9', counts: later }),
  );

  expect(held(view).counts).toEqual({ 1: { delivered: 9, read: 9 }, 2: { delivered: 12, read: 8 } });
  expect(Object.keys(view.conversations)).toEqual(['c_1']);
});

test('puts what is pinned in front of what was used later, as soon as it is pinned', () => {
  const listed = drawn(
    nothing,
    fact('conversation.listed', {
      conversations: [
        head(8, { id: 'c_new', at: 9 }),
        head(8, { id: 'c_old', at: 1 }),
        head(8, { id: 'c_mid', at: 5 }),
      ],
    }),
  );

  const pinned = drawn(listed, fact('conversation.preferred', { conversation: 'c_old', pinned: true }));
  const again = drawn(pinned, fact('conversation.preferred', { conversation: 'c_old' }));

  expect(listed.list).toEqual(['c_new', 'c_mid', 'c_old']);
  expect(pinned.list).toEqual(['c_old', 'c_new', 'c_mid']);
  expect(again.list).toEqual(listed.list);
});

test('keeps what the newest message is where it has no words, and that it was taken away', () => {
  const extras = { files: [{ id: 'f_1', name: 'list.txt', type: 'text/plain', size: 4 }] };
  const filed = drawn(three, message(4, { body: { text: '', extras } } as Partial<AnyFact>));

  const erased = drawn(filed, message(5, { type: 'message.deleted', body: { of: 4 } } as Partial<AnyFact>));

  expect(held(filed).line).toEqual({ by: 'u_bob', text: '', extras });
  expect(held(erased).line).toMatchObject({ text: '', deleted: true });
});

test('neither draws nor counts that somebody may come in again who was banned', () => {
  const [bob, gone] = [person('u_bob'), person('u_gone')];
  const opened = drawn(nothing, ...openedPage({ to: 4 }, [message(4)], { head: { members: 2, people: [bob] } }));
  const left = (seq: number, ban: boolean): AnyFact =>
    message(seq, { type: 'member.left', body: { person: gone, role: 'member', ban } } as Partial<AnyFact>);

  const banned = drawn(opened, left(5, true));
  const again = drawn(banned, left(6, false));

  expect(held(banned)).toMatchObject({ members: 1, people: [bob] });
  expect(held(again)).toMatchObject({ members: 1, people: [bob], to: 6 });
  expect(held(again).items.map(({ kind }) => kind)).toEqual([...held(opened).items.map(({ kind }) => kind), 'removed']);
});

test('counts who comes and goes after its head was told, and nobody twice whom the head has counted', () => {
  const joined = (seq: number, who: string): AnyFact =>
    message(seq, { type: 'member.joined', body: { person: person(who), role: 'member' } } as Partial<AnyFact>);
  const [bob] = [person('u_bob')];
  const past = [joined(1, 'u_me'), joined(2, 'u_bob'), joined(3, 'u_gone'), message(4)];
  const left = message(5, {
    type: 'member.left',
    body: { person: person('u_gone'), role: 'member' },
  } as Partial<AnyFact>);

  const opened = drawn(nothing, ...openedPage({ to: 5 }, [...past, left], { head: { members: 2, people: [bob] } }));
  const live = drawn(opened, joined(6, 'u_ann'), joined(6, 'u_ann'));
  const [moved, ...missed] = openedPage(
    { after: 6, to: 8, snapshot: false },
    [joined(7, 'u_cleo'), joined(8, 'u_dan')],
    {
      head: { members: 5, people: [bob] },
    },
  );
  const again = drawn(live, ...(moved ? [moved] : []), ...missed);

  expect(held(opened)).toMatchObject({ members: 2, people: [bob], member: true });
  expect(held(live)).toMatchObject({ members: 3, people: [bob, person('u_ann')] });
  expect(held(again).members).toBe(5);
  expect(held(drawn(again, joined(9, 'u_eve'))).members).toBe(6);
});
