import type { Presence } from '../../protocol/facts.ts';
import type { View } from './view.ts';

/** What is known of these people's presence from now on. */
export function withPresence(view: View, people: readonly Presence[]): View {
  return { ...view, presence: { ...view.presence, ...Object.fromEntries(people.map((one) => [one.user, one])) } };
}
