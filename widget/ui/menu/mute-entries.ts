import { enAttention } from '../../i18n/en-attention.ts';
import type { Entries } from './entry.ts';

const hour = 3_600_000;
/** The year 2100, milliseconds since 1970: until somebody changes it. */
const always = 4_102_444_800_000;

/** Silences the conversation that is shown, for as long as the person says. */
export const muteEntries: Entries = ({ env, view, conversation }) => {
  if (conversation?.member !== true) return [];
  const texts = env.words('attention', enAttention);
  const now = env.now() + view.clockOffset;
  const on = (conversation.mutedUntil ?? 0) > now;
  const mute = (mutedUntil: number): void =>
    env.act('wish', { type: 'conversation.prefer', body: { conversation: conversation.id, mutedUntil } });
  const spans = [
    ['hour', now + hour],
    ['hours', now + 8 * hour],
    ['always', always],
  ] as const;
  const further = spans.map(([key, until]) => ({ key, label: texts.muteFor[key], choose: () => mute(until) }));
  return [
    { key: 'mute', label: texts.mute, line: texts.muteLine, on, ...(on ? { choose: () => mute(0) } : { further }) },
  ];
};
