import { checkFlow } from '../server/plugins/bots/check-flow.ts';
import type { Flow } from '../server/plugins/bots/flow.ts';
import { type Given, needless, one, WordsError } from './given.ts';
import type { Command, Exit, Surroundings } from './surroundings.ts';

/** What `befriend flow` does. */
export const flowCommands: Readonly<Record<string, Command>> = { check, draw };

async function check(files: readonly string[], given: Given, around: Surroundings): Promise<Exit> {
  if (files.length === 0) throw new WordsError('befriend flow check needs a file: befriend flow check flows.ts');
  needless('flow check', given);
  let holds = true;
  for (const file of files) {
    const flows = await flowsIn(file, around);
    if (flows === undefined) return 1;
    for (const flow of flows) {
      const problems = checkFlow(flow);
      holds &&= problems.length === 0;
      const lines = problems.map(
        ({ step, problem, advice }) => `${file}: ${flow.name}, ${step}: ${problem}. ${advice}`,
      );
      const so = `${file}: ${flow.name} holds; ${Object.keys(flow.steps).length} steps.`;
      around.say(`${(lines.length === 0 ? [so] : lines).join('\n')}\n`);
    }
  }
  return holds ? 0 : 1;
}

async function draw(
  [file, name, more]: readonly string[],
  { out, mermaid = false, language, ...rest }: Given,
  around: Surroundings,
): Promise<Exit> {
  if (file === undefined || more !== undefined)
    throw new WordsError('befriend flow draw needs one file: befriend flow draw flows.ts -o flow.svg');
  needless('flow draw', rest);
  const flows = await flowsIn(file, around);
  if (flows === undefined) return 1;
  const flow = chosen(flows, name, file);
  const { drawFlow } = await import('../server/plugins/bots/draw-flow.ts');
  const text = drawFlow(flow, { format: mermaid ? 'mermaid' : 'svg', ...(language === undefined ? {} : { language }) });
  if (out === undefined) {
    around.say(text.endsWith('\n') ? text : `${text}\n`);
    return 0;
  }
  try {
    around.write(out, text);
    return 0;
  } catch (error) {
    around.complain(`${out}: it cannot be written: ${(error as Error).message}\n`);
    return 1;
  }
}

/** @throws WordsError where it is not said which of several is meant */
function chosen(flows: readonly Flow[], name: string | undefined, file: string): Flow {
  const names = flows.map((flow) => flow.name);
  const [only] = flows;
  if (name === undefined && only !== undefined && flows.length === 1) return only;
  const meant = one(name, names, `befriend flow draw ${file}`);
  return flows[names.indexOf(meant)] as Flow;
}

/** The flows that a module exports, also in lists; undefined, and said, where there are none. */
async function flowsIn(file: string, { load, complain }: Surroundings): Promise<readonly Flow[] | undefined> {
  try {
    const flows = Object.values(await load(file))
      .flat()
      .filter(isFlow);
    if (flows.length > 0) return [...new Set(flows)];
    complain(`${file} exports no flow: export const order = flow('order', { … }).\n`);
  } catch (error) {
    complain(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  return undefined;
}

function isFlow(value: unknown): value is Flow {
  if (typeof value !== 'object' || value === null) return false;
  return 'print' in value && 'start' in value && 'steps' in value && typeof value.steps === 'object';
}
