import { expect, test } from 'vitest';
import { erasureQueries } from './sqlite-inventory.ts';
import { openDataFile } from './sqlite-open.ts';

test('looks through facts by a range of places and finds merged visitors by an index, with no scan of either', () => {
  const { db, close } = openDataFile(':memory:');
  const planOf = (sql: string) =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));

  const [merged, named, newest] = [erasureQueries.merged, erasureQueries.named, erasureQueries.newest].map(planOf);
  const scan = planOf('SELECT 1 FROM fact WHERE "by" = ?');
  close();

  expect(merged).toEqual(['SEARCH users USING COVERING INDEX user_merged (merged_into=?)']);
  expect(named).toContain('SEARCH fact USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
  expect([...(named ?? []), ...(newest ?? [])].filter((step) => /^SCAN (fact|log)/.test(step))).toEqual([]);
  expect(newest).toEqual(['SEARCH fact']);
  expect(scan).toEqual(['SCAN fact']);
});
