import { runTool } from '../../.ci/tool.ts';

/** What tests print about themselves. */
export interface Printed {
  /** A hundred tests of a shop's logic in a page. */
  readonly hundredSeconds: number;
  /** Of each simulated day, the part of those who were told within a factor of two how long they would wait. */
  readonly estimates: readonly number[];
}

/** Runs both tests and reads their figures. @throws Error where one fails or prints none */
export async function printedByTests(): Promise<Printed> {
  const hundred = await outputOf('page', 'server/testing/hundred.page.test.ts');
  const [, seconds] = /100 tests of a chat in a page: ([\d.]+) s/.exec(hundred) ?? [];
  const days = await outputOf('node', 'server/plugins/desk/estimate.test.ts');
  const estimates = Array.from(days.matchAll(/([\d.]+) % within a factor of two/g), ([, share]) => Number(share) / 100);
  if (seconds === undefined || estimates.length === 0) throw new Error('The tests print no figures.');
  return { hundredSeconds: Number(seconds), estimates };
}

async function outputOf(project: string, path: string): Promise<string> {
  const { code, output } = await runTool(['vitest', 'run', '--project', project, path]);
  if (code !== 0) throw new Error(`${path} fails:\n${output}`);
  return output;
}
