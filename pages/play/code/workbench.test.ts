import { expect, test } from 'vitest';
import type { ToRun } from '../messages.ts';
import { Drawer } from './draft.ts';
import { Workbench } from './workbench.ts';

/** A drawer that lives as long as the test. */
function drawer(): Drawer {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return new Drawer(storage as Storage);
}

/** A workbench whose frame is ready, and all that this was asked. */
function ready(workbench: Workbench): ToRun[] {
  const asked: ToRun[] = [];
  workbench.speaksTo((message) => asked.push(message));
  workbench.hears({ said: 'ready' });
  return asked;
}

const draft = { code: 'export default {};', conversation: 'support' } as const;

test('runs what was written last time, at once', () => {
  const kept = drawer();
  kept.keep(draft);

  const asked = ready(new Workbench(kept));

  expect(asked).toMatchObject([{ ask: 'run', conversation: 'support' }]);
});

test('shows code of a link, and runs it when somebody wants it to', () => {
  const workbench = new Workbench(drawer(), draft);
  const asked = ready(workbench);
  const before = asked.length;

  workbench.run();

  expect([before, asked.length, workbench.draft.code]).toEqual([0, 1, draft.code]);
});

test('does not run again by itself what did not come to an end', () => {
  const kept = drawer();
  ready(new Workbench(kept));

  const asked = ready(new Workbench(kept));

  expect(asked).toEqual([]);
});

test('says at which line it is wrong, and asks nothing of the frame', () => {
  const workbench = new Workbench(drawer());
  const asked = ready(workbench);

  workbench.write('const = 1;');
  workbench.run();

  expect(asked).toHaveLength(1);
  expect(workbench.fault).toMatchObject({ line: 1 });
  expect(workbench.said).toMatch(/^Line 1: .* What ran before goes on\.$/);
});

test('takes what the frame says of the newest run alone', () => {
  const workbench = new Workbench(drawer());
  const [first] = ready(workbench);
  workbench.run();

  workbench.hears({ said: 'ran', id: first?.ask === 'run' ? first.id : 0, fault: { message: 'late' } });

  expect(workbench.fault).toBeUndefined();
});
