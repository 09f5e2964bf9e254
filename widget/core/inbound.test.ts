import { expect, test } from 'vitest';
import type { AnyFact } from '../../protocol/facts.ts';
import { frameOf, toJson } from '../../protocol/frame.ts';
import { Inbound } from './inbound.ts';
import { fact, message, openedPage, person } from './staged-friend.ts';
import { type Conversation, emptyView, type View } from './view.ts';

interface Read {
  readonly inbound: Inbound;
  readonly facts: string[];
  readonly settled: string[];
  readonly gaps: string[];
  readonly strangers: string[];
  readonly more: number[];
  view: View;
  readonly held: Conversation;
  tell(...facts: readonly object[]): void;
}

function reading(): Read {
  const read: Read = {
    ...{ facts: [], settled: [], gaps: [], strangers: [], more: [] },
    view: { ...emptyView, me: person('u_me') },
    inbound: new Inbound(
      () => read.view,
      (view) => {
        read.view = view;
      },
      {
        fact: ({ type, seq }) => read.facts.push(`${type} ${seq ?? ''}`.trim()),
        settled: (re) => read.settled.push(re),
        gap: (log) => read.gaps.push(log),
        stranger: (log) => read.strangers.push(log),
        more: (_log, after) => read.more.push(after),
      },
    ),
    get held() {
      const { c_1: held } = read.view.conversations;
      if (held === undefined) throw new Error('the conversation is not held');
      return held;
    },
    tell: (...facts) => read.inbound.frame(frameOf(facts.map(toJson))),
  };
  return read;
}

/** A reader who holds messages 1 to `to` of `c_1`. */
function holding(to: number): Read {
  const read = reading();
  read.tell(...openedPage({ to }, messages(1, to)));
  read.facts.length = 0;
  return read;
}

function messages(from: number, to: number): AnyFact[] {
  return Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
}

function seqs({ held }: Read): number[] {
  return held.items.map(({ seq }) => seq);
}

function paged(after: number, to: number, more = false): AnyFact {
  return fact('log.paged', { log: 'c_1', after, to, more, people: [] });
}

test('draws a page and takes it for history, nothing that just happened', () => {
  const read = reading();

  read.tell(...openedPage({ to: 3 }, messages(1, 3)));

  expect(seqs(read)).toEqual([1, 2, 3]);
  expect(read.facts).toEqual(['conversation.opened']);
  expect(read.held).toMatchObject({ ready: true, from: 0, to: 3 });
});

test('draws what comes live, once', () => {
  const read = holding(2);

  read.tell(message(3));
  read.tell(message(3));

  expect(seqs(read)).toEqual([1, 2, 3]);
  expect(read.facts).toEqual(['message.sent 3']);
});

test('reports a gap, and draws nothing of what lies behind it before it is filled', () => {
  const read = holding(1);

  read.tell(message(3));

  expect(seqs(read)).toEqual([1]);
  expect(read.gaps).toEqual(['c_1']);
  expect(read.inbound.waits('c_1')).toBe(true);
});

test('puts into order what came out of order', () => {
  const read = holding(1);

  read.tell(message(4));
  read.tell(message(3));
  read.tell(message(2));

  expect(seqs(read)).toEqual([1, 2, 3, 4]);
  expect(read.facts).toEqual(['message.sent 2', 'message.sent 3', 'message.sent 4']);
  expect(read.inbound.waits('c_1')).toBe(false);
});

test('takes a seq that is missing for no gap where this reader may not see it', () => {
  const read = holding(2);

  read.tell(message(7, { prev: 2 }));

  expect(seqs(read)).toEqual([1, 2, 7]);
  expect(read.gaps).toEqual([]);
});

test('fills a gap by a page, draws what waited behind it, and hands each on as new, once', () => {
  const read = holding(1);
  read.tell(message(4));

  read.tell(paged(1, 4), message(2), message(3), message(4));

  expect(seqs(read)).toEqual([1, 2, 3, 4]);
  expect(read.facts).toEqual(['message.sent 2', 'message.sent 3', 'message.sent 4', 'log.paged']);
});

test('asks for the rest where a page ends before its head', () => {
  const read = holding(1);

  read.tell(paged(1, 2, true), message(2));
  read.tell(paged(2, 3, false), message(3));

  expect(read.more).toEqual([2]);
  expect(seqs(read)).toEqual([1, 2, 3]);
});

test('takes what a reopened conversation brings for new', () => {
  const read = holding(2);

  read.tell(...openedPage({ after: 2, to: 4, snapshot: false }, messages(3, 4)));

  expect(seqs(read)).toEqual([1, 2, 3, 4]);
  expect(read.facts).toEqual(['message.sent 3', 'message.sent 4', 'conversation.opened']);
});

test('drops what it held for a snapshot', () => {
  const read = holding(2);

  read.tell(...openedPage({ after: 600, to: 602, more: true }, messages(601, 602)));

  expect(seqs(read)).toEqual([601, 602]);
  expect(read.held).toMatchObject({ from: 600, to: 602, more: true });
});

test('puts an older page in front, as history', () => {
  const read = reading();
  read.tell(...openedPage({ after: 10, to: 12, more: true }, messages(11, 12)));
  read.facts.length = 0;

  read.tell(paged(7, 10, true), ...messages(8, 10));

  expect(seqs(read)).toEqual([8, 9, 10, 11, 12]);
  expect(read.held).toMatchObject({ from: 7, more: true, fetching: false });
  expect(read.facts).toEqual(['log.paged']);
  expect(read.more).toEqual([]);
});

test('draws an older page that comes twice once', () => {
  const read = reading();
  read.tell(...openedPage({ after: 10, to: 12, more: true }, messages(11, 12)));

  read.tell(paged(7, 10, true), ...messages(8, 10));
  read.tell(paged(7, 10, true), ...messages(8, 10));

  expect(seqs(read)).toEqual([8, 9, 10, 11, 12]);
});

test('leaves out a page that a snapshot has overtaken, for it would leave a hole', () => {
  const read = holding(2);
  read.tell(...openedPage({ after: 600, to: 602, more: true }, messages(601, 602)));

  read.tell(paged(2, 4, true), ...messages(3, 4));

  expect(seqs(read)).toEqual([601, 602]);
  expect(read.held).toMatchObject({ from: 600, more: true });
});

test('leaves out a page that begins behind what is held, and asks for what lies between', () => {
  const read = holding(2);

  read.tell(paged(5, 6), ...messages(6, 6));

  expect(seqs(read)).toEqual([1, 2]);
  expect(read.more).toEqual([2]);
});

test('lets a fact of an unknown type take its place and draws nothing', () => {
  const read = holding(1);
  const tomorrow = { ...message(2), type: 'poll.started', body: { options: 3 } };

  read.tell(tomorrow);
  read.tell(message(3));

  expect(seqs(read)).toEqual([1, 3]);
  expect(read.held.to).toBe(3);
  expect(read.gaps).toEqual([]);
});

test('tells of a fact of an unknown type in a log that it does not hold, and settles what it answers', () => {
  const read = holding(1);
  const note = { ...message(7), log: 'c_desk_1', type: 'note.added', body: { text: 'Hm' }, prev: 6, re: 'a1' };

  read.tell(note);

  expect(read.facts).toEqual(['note.added 7']);
  expect(read.settled).toEqual(['a1']);
  expect(read.gaps).toEqual([]);
});

test('draws what waited for a fact of an unknown type', () => {
  const read = holding(1);
  const tomorrow = { ...message(2), type: 'poll.started', body: {} };

  read.tell(message(3));
  read.tell(tomorrow);

  expect(seqs(read)).toEqual([1, 3]);
});

test('draws the rest of a page in which something cannot be read', () => {
  const read = reading();

  read.tell(...openedPage({ to: 3 }, [message(1)]), { seq: 'two' }, message(3));

  expect(seqs(read)).toEqual([1, 3]);
});

test('reads what follows a page in the same frame', () => {
  const read = reading();

  read.tell(...openedPage({ to: 1 }, [message(1)]), message(2), fact('support.changed', { available: true }));

  expect(seqs(read)).toEqual([1, 2]);
  expect(read.view.support).toEqual({ available: true });
});

test('settles an own action by its fact, live, repeated or in a page', () => {
  const read = holding(1);

  read.tell(message(2, { re: 'live' }));
  read.tell(message(2, { re: 'repeated' }));
  read.tell(...openedPage({ after: 2, to: 3, snapshot: false }, [message(3, { re: 'paged' })]));

  expect(read.settled).toEqual(['live', 'repeated', 'paged']);
});

test('reports a conversation that it does not hold, and settles what was sent to it', () => {
  const read = reading();

  read.tell(message(1, { log: 'c_other', re: 'mine' }));

  expect(read.strangers).toEqual(['c_other']);
  expect(read.settled).toEqual(['mine']);
});

test.each(['', 'no json', '{"v":1}', '{"v":1,"events":[]}', '[null]'])('leaves the view as it is for %j', (json) => {
  const read = holding(1);
  const before = read.view;

  read.inbound.frame(json);

  expect(read.view).toBe(before);
});

test('hands facts of the team\u2019s own to who listens, in their place and without one', () => {
  const read = holding(1);

  read.tell({ ...message(2), type: 'poll.started', body: { options: 3 }, re: 'a-2' });
  read.tell({ type: 'order.confirmed', at: 1, body: { number: 7 }, re: 'a-3' });
  read.tell({ type: 'order.shipped', at: 1, log: 'u_me', seq: 9, prev: 8, body: {} });

  expect(read.facts.slice(-3)).toEqual(['poll.started 2', 'order.confirmed', 'order.shipped 9']);
  expect(read.settled).toEqual(expect.arrayContaining(['a-2', 'a-3']));
  expect(read.held.to).toBe(2);
});

test('keeps a fact of a type that it does not know until what is missing before it has come', () => {
  const read = holding(3);

  read.tell({ ...message(5), type: 'poll.started', body: {} });
  const before = [read.held.to, read.gaps, read.inbound.waits('c_1')];
  read.tell(message(4));

  expect(before).toEqual([3, ['c_1'], true]);
  expect([read.held.to, read.facts.slice(-2)]).toEqual([5, ['message.sent 4', 'poll.started 5']]);
});
