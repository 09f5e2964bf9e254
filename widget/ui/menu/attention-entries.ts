import { enAttention } from '../../i18n/en-attention.ts';
import type { Entries } from './entry.ts';

/** What calls the person when a message comes: a switch for each. */
export const attentionEntries: Entries = ({ env, attention, redraw }) => {
  const texts = env.words('attention', enAttention);
  return (attention?.ways ?? []).map((way) => {
    const isRefused = way === 'notice' && attention?.refused === true;
    const on = !isRefused && attention?.isOn(way) === true;
    return {
      key: way,
      label: texts.ways[way],
      line: isRefused ? texts.refused : way === 'notice' ? texts.noticeLine : undefined,
      on,
      disabled: isRefused,
      choose: () => void attention?.turn(way, !on).then(redraw),
    };
  });
};
