import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actions } from './actions.ts';
import { limits } from './limits.ts';
import { readAction } from './read-action.ts';

const id = '0190f3c0-0000-7000-8000-000000000001';
const good = { id, type: 'message.send', at: 1, body: { conversation: 'room:lobby', text: 'Hello' } };

function codeOf(event: unknown): string {
  const read = readAction(event, actions, JSON.stringify(event)?.length ?? 0);
  return read.ok ? 'ok' : read.code;
}

test('takes a good action and hands it on unchanged', () => {
  const read = readAction(good, actions, 100);

  expect(read).toEqual({ ok: true, action: good });
});

test('refuses unknown keys, in the envelope and in the body', () => {
  const outer = { ...good, from: 'somebody else' };
  const inner = { ...good, body: { ...good.body, by: 'somebody else' } };

  const reads = [outer, inner].map((event) => readAction(event, actions, 100));

  expect(reads).toMatchObject([
    { ok: false, code: 'schema', re: id, detail: expect.stringContaining('from') },
    { ok: false, code: 'schema', re: id, detail: expect.stringContaining('by') },
  ]);
});

test('names an unknown type, also one that every object inherits', () => {
  const types = ['message.shout', 'constructor', '__proto__', 'toString'];

  const codes = types.map((type) => codeOf({ ...good, type }));

  expect(codes).toEqual(types.map(() => 'unknown_type'));
});

test('takes 8,000 units of text and refuses 8,001', () => {
  const text = (length: number) => ({ ...good, body: { ...good.body, text: 'x'.repeat(length) } });

  const codes = [limits.text, limits.text + 1].map((length) => codeOf(text(length)));

  expect(codes).toEqual(['ok', 'schema']);
});

test('refuses an event over 32 KiB, though its text is short enough', () => {
  const wide = { ...good, body: { ...good.body, text: '\u0001'.repeat(6_000) } };

  const code = codeOf(wide);

  expect(code).toBe('too_large');
});

test('refuses blank text and foreign forms of a conversation', () => {
  const blank = { ...good, body: { ...good.body, text: ' \n\t' } };
  const foreign = ['', 'room:', 'room:UP', 'c_', 'c_../x', 'user:u_short', 'http://x'].map((conversation) => ({
    ...good,
    body: { ...good.body, conversation },
  }));

  const codes = [blank, ...foreign].map(codeOf);

  expect(new Set(codes)).toEqual(new Set(['schema']));
});

test('never throws, whatever arrives', () => {
  const property = fc.property(fc.anything(), (event) => typeof readAction(event, actions, 10).ok === 'boolean');

  fc.assert(property, { numRuns: 2_000 });
});

test('takes nothing from a page that a rule alone puts into a message', () => {
  const action = { ...good, body: { ...good.body, extras: { custom: { type: 'order.card' } } } };

  const read = readAction(action, actions, 100);

  expect(read).toMatchObject({ ok: false, code: 'schema', detail: expect.stringContaining('extras') });
});
