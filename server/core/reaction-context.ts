import { Ending } from './ending.ts';
import type { Answered, Asking, Clock, Fetch, Log } from './ports.ts';
import type { Reads } from './reads.ts';
import type { CommittedFact, ReactionContext } from './rule.ts';

/** How long an answer of the web may take where nothing else is said, milliseconds. */
const patience = 10_000;

export interface ReactionTools {
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: Fetch;
}

/** What one run of a reaction is given. `until`: its time is over then, milliseconds since 1970. */
export interface Run {
  readonly name: string;
  readonly fact: CommittedFact;
  readonly read: Reads;
  readonly ending: Ending;
  readonly until: number;
  /** What its filter has found. */
  readonly given: object;
}

/** The context of one run. Its log says with each line which reaction it was, and to what. */
export function reactionContext(
  tools: ReactionTools,
  { name, fact, read, ending, until, given }: Run,
): ReactionContext {
  return {
    ...given,
    fact,
    read,
    now: tools.clock.now(),
    log: scoped(tools.log, { reaction: name, log: fact.log, seq: fact.seq }),
    signal: ending,
    fetch: (url, asking = {}) => fetched(tools, url, asking, ending, until),
  };
}

function scoped(log: Log, scope: Readonly<Record<string, unknown>>): Log {
  return {
    info: (message, fields) => log.info(message, { ...fields, ...scope }),
    warn: (message, fields) => log.warn(message, { ...fields, ...scope }),
    error: (message, fields) => log.error(message, { ...fields, ...scope }),
  };
}

/** Asks the web, no longer than the run may take. @throws Error that says why there is no answer */
async function fetched(
  tools: ReactionTools,
  url: string,
  asking: Asking,
  run: Ending,
  until: number,
): Promise<Answered> {
  const { clock, fetch } = tools;
  if (fetch === undefined)
    throw new Error('This friend cannot reach the web: give it a port, composeFriend({ fetch }).');
  const timeout = Math.min(asking.timeout ?? patience, until - clock.now());
  const signal = new Ending();
  let cancel: (() => void) | undefined;
  const over = new Promise<never>((_, reject) => {
    signal.onAbort(() => reject(new Error(`No answer of ${originOf(url)}: it was not waited for any longer.`)));
    cancel = clock.after(Math.max(0, timeout), () => signal.abort('late'));
    run.onAbort(() => signal.abort('newer'));
  });
  try {
    return await Promise.race([fetch(url, { ...asking, timeout, signal }), over]);
  } finally {
    cancel?.();
  }
}

/** An address without what may be secret in it. */
function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#@]*(?=[/?#]|$)/i.exec(url)?.[0] ?? 'that address';
}
