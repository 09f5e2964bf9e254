import type { Case } from '../../../protocol/desk.ts';

/** What a colleague may take by himself. */
export interface Standing {
  /** The queues that he serves and from which colleagues take. */
  readonly pulled: ReadonlySet<string>;
}

/**
 * Whether what is said in a case is told to a colleague's account: where he has it or was asked in, and where nobody has it
 * and he may take it. As long as nothing is known of the queues, anybody may.
 */
export function isToldTo(
  { assignee, invited, queue, state }: Case,
  me: string,
  standing: Standing | undefined,
): boolean {
  if (assignee === me || invited?.includes(me) === true) return true;
  if (assignee !== undefined || state === 'bot' || state === 'closed') return false;
  return standing === undefined || standing.pulled.has(queue);
}

/**
 * What a colleague is told of a change that somebody else has made; undefined where it says nothing to him.
 * @param wasTold whether the case was told to him until now
 * @param nameOf what a colleague is called
 */
export function changeFor(
  me: string,
  { before, wasTold }: { readonly before: Case | undefined; readonly wasTold: boolean },
  after: Case,
  nameOf: (user: string) => string,
): string | undefined {
  const hasHad = before?.assignee === me;
  const { assignee, queue, state } = after;
  if (assignee === me) {
    if (!hasHad) return `You have this case now (${queue}). /who says more, /help what you can do.`;
    return before?.state === 'snoozed' && state === 'assigned' ? 'This case is back.' : undefined;
  }
  const isInvited = after.invited?.includes(me) === true;
  if (isInvited && before?.invited?.includes(me) !== true) return 'You were asked in here. /who says more.';
  if (before === undefined || !(wasTold || isInvited)) return undefined;
  if (assignee !== undefined)
    return assignee === before.assignee ? undefined : `${nameOf(assignee)} has this case now.`;
  if (state === 'closed') return before.state === 'closed' ? undefined : 'This case was closed.';
  return hasHad ? `This case waits in ${queue} again.` : undefined;
}
