import { expect, test } from 'vitest';
import { type OwnAnswers, ownAnswers } from './own-answers.ts';

function frame(...events: object[]): string {
  return JSON.stringify({ v: 1, events });
}

function asked(...ids: string[]): OwnAnswers {
  const own = ownAnswers();
  own.sent(frame(...ids.map((id) => ({ id, type: 'log.read' }))));
  return own;
}

const mine = { type: 'ack', re: 'mine', body: {} };
const foreign = { type: 'error', re: 'foreign', body: {} };
const live = { type: 'message.sent', log: 'c_1', seq: 9, re: 'foreign', body: {} };

test('lets through what answers nobody, what answers this tab, and every fact of a log', () => {
  const own = asked('mine');
  const json = frame({ type: 'typing.changed', body: {} }, mine, live);

  const left = own.of(json);

  expect(left).toBe(json);
});

test('drops the answers to other tabs', () => {
  const own = asked('mine');

  const left = own.of(frame(foreign, mine, live));

  expect(JSON.parse(left ?? '')).toEqual({ v: 1, events: [mine, live] });
  expect(own.of(frame(foreign))).toBeUndefined();
});

test.each([
  { type: 'log.paged', body: { log: 'c_1', after: 0, to: 2 } },
  { type: 'conversation.opened', body: { conversation: { id: 'c_1' }, page: { after: 0, to: 2 } } },
])('drops a page that another tab asked for, $type, with its facts and nothing else', (head) => {
  const own = asked('mine');
  const fact = (seq: number, log = 'c_1'): object => ({ type: 'message.sent', log, seq, body: {} });

  const left = own.of(frame({ ...head, re: 'foreign' }, fact(1), fact(2), fact(3), fact(2)));

  expect(JSON.parse(left ?? '').events).toEqual([fact(3), fact(2)]);
});

test('keeps a page of its own whole', () => {
  const own = asked('mine');
  const json = frame({ type: 'log.paged', re: 'mine', body: { log: 'c_1', to: 1 } }, { log: 'c_1', seq: 1 });

  const left = own.of(json);

  expect(left).toBe(json);
});

test('writes what is left so that XML can carry it, as it came', () => {
  const own = asked('mine');
  const text = String.fromCodePoint(0x7f, 0x2028, 0x1f600);

  const left = own.of(frame(foreign, { ...live, body: { text } }));

  expect(left).toContain(String.raw`\u007f\u2028`);
  expect(JSON.parse(left ?? '').events[0].body.text).toBe(text);
});

test('remembers a thousand actions and no more', () => {
  const own = ownAnswers();
  for (let count = 0; count < 1_001; count += 1) own.sent(frame({ id: `a${count}` }));

  const answers = [0, 1, 1_000].map((count) => own.of(frame({ type: 'ack', re: `a${count}`, body: {} })));

  expect(answers.map((answer) => answer !== undefined)).toEqual([false, true, true]);
});

test.each(['', 'null', '[]', '{"events":7}', '{"events":[null,1]}'])('leaves alone what is no frame: %s', (json) => {
  const own = ownAnswers();

  own.sent(json);

  expect(() => own.of(json)).not.toThrow();
});
