import { expect, test } from 'vitest';
import { toJson } from '../../../protocol/frame.ts';
import { limits, utf8Length } from '../../../protocol/limits.ts';
import type { CaseRow } from './case-row.ts';
import { Floor } from './floor.ts';
import { declareDesk } from './options.ts';
import { peopleWithin } from './people.ts';

function rowOf(name: string, more: Partial<CaseRow> = {}): CaseRow {
  const of = { conversation: `c_support_${name}`, visitor: `u_${name}`, queue: 'support', since: 0, rounds: 0 };
  return { ...of, state: 'waiting', turn: 0, ...more };
}

test('lets who waits for people go before who is with a bot, where there is no room for both, and says so once', () => {
  const floor = new Floor(declareDesk(), 2);
  let told = 0;
  floor.whenFull = () => {
    told += 1;
  };
  floor.keep(rowOf('bot', { state: 'bot' }));
  floor.keep(rowOf('ann'));

  floor.keep(rowOf('dan'));
  floor.keep(rowOf('late', { state: 'bot' }));
  floor.keep(rowOf('eve'));

  expect([...floor.cases.keys()]).toEqual(['c_support_ann', 'c_support_dan']);
  expect({ told, leftOut: floor.leftOut, isFull: floor.isFull }).toEqual({ told: 1, leftOut: true, isFull: true });
});

test('counts a case of a queue that is not declared any more among the first queue', () => {
  const floor = new Floor(declareDesk({ queues: [{ id: 'first', name: 'First' }] }));

  floor.keep(rowOf('ann', { queue: 'gone' }));
  floor.keep(rowOf('dan', { queue: 'gone', state: 'away' }));

  expect(floor.waiting('first')).toHaveLength(1);
  expect([...floor.away('first')]).toHaveLength(1);
  expect(floor.placeOf(rowOf('ann', { queue: 'gone' }))).toBe(1);
});

test('shows as many colleagues as fit, those first who are there', () => {
  const floor = new Floor(declareDesk());
  for (let index = 0; index < 200; index += 1) {
    const user = `u_${index}`;
    const here = new Set(index === 199 ? ['here'] : []);
    const name = 'ü'.repeat(limits.name);
    floor.colleagues.set(user, {
      user,
      name,
      here,
      options: undefined,
      goneAt: undefined,
      given: 0,
      seat: { has: [] },
    });
  }

  const people = peopleWithin(floor, 8_192);

  expect(people[0]?.user).toBe('u_199');
  expect(people.length).toBeGreaterThan(10);
  expect(utf8Length(toJson(people))).toBeLessThanOrEqual(8_192 + 1);
});

test('refuses to start with more canned answers, or longer names of queues, than one event can say', () => {
  const canned = Array.from({ length: 10 }, (_, id) => ({
    id: `c${id}`,
    title: 'Long',
    text: 'x'.repeat(limits.text),
  }));
  const queues = Array.from({ length: 50 }, (_, id) => ({ id: `q${id}`, name: 'ü'.repeat(limits.note) }));

  expect(() => declareDesk({ canned })).toThrow('canned');
  expect(() => declareDesk({ queues })).toThrow('queues');
});
