import { expect, test } from 'vitest';
import type { Person } from '../../protocol/facts.ts';
import { type Conversation, emptyView, type View } from '../core/view.ts';
import { type Arrival, calls, counted, isShown, newest } from './attention-rules.ts';

const now = 1_800_000_000_000;
const me: Person = { id: 'u_me', name: 'Me', kind: 'user', verified: true };
const arrival: Arrival = { log: 'c_1', seq: 7, at: now - 500, by: 'u_ann', text: 'Are you there?' };

function held(more: Partial<Conversation> = {}): Conversation {
  const page = { from: 0, to: 7, more: false, ready: true, fetching: false, items: [], typing: [], got: {} };
  const head = {
    id: 'c_1',
    kind: 'group',
    last: 7,
    read: 6,
    unread: 1,
    at: now - 500,
    member: true,
    people: [],
  } as const;
  const whole: Conversation = { ...head, ...page, people: [] };
  return { ...whole, ...(more as Conversation) };
}

function viewOf(conversation: Partial<Conversation> = {}, more: Partial<View> = {}): View {
  return { ...emptyView, me, conversations: { c_1: held(conversation) }, refs: { support: 'c_1' }, ...more };
}

test('calls for a new message of somebody else', () => {
  expect(calls(viewOf(), arrival, now)).toBe(true);
});

test('never calls for what one said oneself, what is read, what is old, or before it is known who this is', () => {
  expect(calls(viewOf(), { ...arrival, by: 'u_me' }, now)).toBe(false);
  expect(calls(viewOf({ read: 7 }), arrival, now)).toBe(false);
  expect(calls(viewOf(), { ...arrival, at: now - 61_000 }, now)).toBe(false);
  expect(calls(emptyView, arrival, now)).toBe(false);
});

test('reckons age by the friend’s clock', () => {
  const late = { ...viewOf(), clockOffset: -3_600_000 };

  expect(calls(late, { ...arrival, at: now - 3_600_500 }, now)).toBe(true);
});

test('does not call in a muted conversation, unless one is named, and calls again when that has ended', () => {
  const muted = viewOf({ mutedUntil: now + 1_000 });

  expect(calls(muted, arrival, now)).toBe(false);
  expect(calls(muted, { ...arrival, extras: { mentions: ['u_me'] } }, now)).toBe(true);
  expect(calls(muted, { ...arrival, extras: { mentions: ['u_bob'] } }, now)).toBe(false);
  expect(calls(viewOf({ mutedUntil: now - 1 }), arrival, now)).toBe(true);
});

test('does not call for a muted person, named or not', () => {
  const person: Person = { id: 'u_ann', name: 'Ann', kind: 'user', verified: true };
  const mute = { slot: 'notice', kind: 'muted', own: true, since: 0 } as const;
  const related = { u_ann: { person, relations: [mute] } };

  expect(calls(viewOf({}, { related }), { ...arrival, extras: { mentions: ['u_me'] } }, now)).toBe(false);
});

test('does not call whoever does not want to be disturbed', () => {
  const presence = { u_me: { user: 'u_me', show: 'dnd', own: { show: 'dnd' } } } as const;

  expect(calls(viewOf({}, { presence }), arrival, now)).toBe(false);
});

test('counts what is unread, but for muted conversations', () => {
  const both = { c_1: held({ unread: 2 }), c_2: held({ id: 'c_2', unread: 5, mutedUntil: now + 1 }) };

  expect(counted({ ...emptyView, conversations: both }, now)).toBe(2);
});

test('knows which conversation is looked at, under each of its names', () => {
  const screen = { at: 'conversation', ref: 'support' } as const;

  expect(isShown(viewOf({}, { open: true, screen }), 'c_1')).toBe(true);
  expect(isShown(viewOf({}, { open: false, screen }), 'c_1')).toBe(false);
  expect(isShown(viewOf({}, { open: true, screen: { at: 'list' } }), 'c_1')).toBe(false);
});

test('finds the message that is unread, in a conversation that was never opened too', () => {
  expect(newest(viewOf({ line: { by: 'u_ann', text: 'Hello' } }))).toEqual([
    { log: 'c_1', seq: 7, at: now - 500, by: 'u_ann', text: 'Hello' },
  ]);
  expect(newest(viewOf({ unread: 0 }))).toEqual([]);
});
