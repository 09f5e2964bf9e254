import { enAttention } from '../../i18n/en-attention.ts';
import { muteSpans } from '../mute-spans.ts';
import type { Entries } from './entry.ts';

/** Silences the conversation that is shown, for as long as the person says. */
export const muteEntries: Entries = ({ env, view, conversation }) => {
  if (conversation?.member !== true) return [];
  const texts = env.words('attention', enAttention);
  const now = env.now() + view.clockOffset;
  const on = (conversation.mutedUntil ?? 0) > now;
  const mute = (mutedUntil: number): void =>
    env.act('wish', { type: 'conversation.prefer', body: { conversation: conversation.id, mutedUntil } });
  const until = muteSpans(now);
  const further = (['hour', 'hours', 'always'] as const).map((key) => ({
    key,
    label: texts.muteFor[key],
    choose: () => mute(until[key]),
  }));
  return [
    { key: 'mute', label: texts.mute, line: texts.muteLine, on, ...(on ? { choose: () => mute(0) } : { further }) },
  ];
};
