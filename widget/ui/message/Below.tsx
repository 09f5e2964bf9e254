import type { JSX } from 'preact';
import { extrasOf } from '../../core/extras.ts';
import { later } from '../later.tsx';
import type { RichProps } from '../part-props.ts';
import { footer } from '../renderer.ts';
import { Reactions } from './Reactions.tsx';
import { Rendered } from './Rendered.tsx';

/** What a message offers to choose or to fill in: few do. */
const Offers = later(() => import('./Offers.tsx'));

/** What stands below a message: what it offers, and reactions. */
export function Below(props: RichProps): JSX.Element | null {
  const extras = extrasOf(props);
  const { replies, buttons, cards, form, reactions, custom } = extras;
  const offers = replies ?? buttons ?? cards ?? form;
  const hasFooter = props.env.renderers?.has(footer);
  if (!offers && !reactions && !hasFooter) return null;
  return (
    <div class="below">
      {offers && <Offers {...props} offered={extras} />}
      {reactions !== undefined && <Reactions {...props} extras={extras} />}
      {hasFooter && <Rendered {...props} type={footer} data={custom?.data} />}
    </div>
  );
}
