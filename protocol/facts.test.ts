import { expect, test } from 'vitest';
import { errors } from './errors.ts';
import { readFact } from './facts.ts';
import { opaque, uuidv7 } from './ids.ts';
import { isLater } from './later.ts';

test('drops unknown keys of a known fact', () => {
  const told = { type: 'message.sent', at: 1, log: 'c_x', seq: 2, prev: 1, new: true, body: { text: 'a', later: 1 } };

  const read = readFact(told);

  expect(read).toEqual({ known: { type: 'message.sent', at: 1, log: 'c_x', seq: 2, prev: 1, body: { text: 'a' } } });
});

test('keeps the place of a fact whose type or body it does not know', () => {
  const future = { type: 'message.sung', at: 1, log: 'c_x', seq: 3, prev: 2, body: {} };
  const broken = { ...future, type: 'message.sent', body: { text: 7 } };

  const reads = [future, broken].map(readFact);

  expect(reads).toMatchObject([{ unknown: { seq: 3 } }, { unknown: { seq: 3 } }]);
});

test('makes nothing of what is no fact', () => {
  const others = [null, 1, 'x', [], {}, { type: 'ack' }, { type: 'ack', at: 'now', body: {} }];

  const reads = others.map(readFact);

  expect(reads.every((read) => read === undefined)).toBe(true);
});

test('counts an unknown error code as one that can pass', () => {
  const codes = ['schema', 'busy', 'code_of_tomorrow', 'toString'];

  const later = codes.map(isLater);

  expect(later).toEqual([false, true, true, true]);
});

test('sorts every code of the table as the table does', () => {
  const codes = Object.entries(errors);

  const differing = codes.filter(([code, { kind }]) => isLater(code) !== (kind === 'later'));

  expect(differing).toEqual([]);
});

test('gives every code an advice that says what to do', () => {
  const advices = Object.values(errors).map((error) => error.advice);

  expect(advices.every((advice) => /^[A-Z].*\.$/.test(advice) && advice.length < 140)).toBe(true);
});

test('writes UUIDs of version 7 that sort by time', () => {
  const random = new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255, 255, 255]);

  const early = uuidv7(1_700_000_000_000, random);
  const late = uuidv7(1_700_000_000_001, new Uint8Array(10));

  expect(early).toBe('018bcfe5-6800-7fff-bfff-ffffffffffff');
  expect(early < late).toBe(true);
});

test('writes opaque ids that a JID carries unchanged', () => {
  const ids = [new Uint8Array(20), new Uint8Array(20).fill(255)].map(opaque);

  expect(ids).toEqual(['00000000000000000000', 'zzzzzzzzzzzzzzzzzzzz']);
});
