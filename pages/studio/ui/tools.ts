import type { Scheme } from '../../../widget/theme/derived.ts';
import type { Studio } from '../store.ts';
import type { Look } from '../theme/gate.ts';

/** What a group of controls needs: who writes the theme, and what the theme makes in each scheme. */
export interface Tools {
  readonly studio: Studio;
  readonly looks: Readonly<Record<Scheme, Look>>;
}
