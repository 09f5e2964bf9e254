import type { Reads } from '../../core/reads.ts';
import type { Services } from '../../core/services.ts';
import { isCase } from '../../core/support-case.ts';

/** States of a case in which people have it, or will. */
const taken: readonly string[] = ['waiting', 'assigned', 'snoozed', 'away'];

/** Whether people have the conversation, so that no assistant talks in between. */
export async function isTaken(read: Reads, conversation: string, desk: Services['desk'] | undefined): Promise<boolean> {
  if (!isCase(conversation)) return false;
  const standing = await desk?.state(read, conversation);
  return standing !== undefined && taken.includes(standing.state);
}
