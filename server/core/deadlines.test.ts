import { expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { Deadlines } from './deadlines.ts';

test('is late at the limit, also where the clock was set back by an hour', async () => {
  const clock = new FakeClock();
  let back = 0;
  const wall = {
    now: () => clock.now() - back,
    after: clock.after.bind(clock),
    defer: clock.defer.bind(clock),
  };
  const never = (): Promise<string> => new Promise(() => undefined);
  const late = new Deadlines(wall, 50).run(never, () => 'late');
  back = 3_600_000;

  clock.pass(50);

  expect(await Promise.race([late, Promise.resolve().then(() => 'not yet')])).toBe('late');
});
