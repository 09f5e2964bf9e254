import type { JSX } from 'preact';
import type { Extras } from '../../core/extras.ts';
import type { Env } from '../env.ts';
import { OfferButton, type Offered } from './OfferButton.tsx';

type Props = Offered & { readonly env: Env; readonly cards: NonNullable<Extras['cards']> };

/** Cards side by side, scrolled by touch, by wheel, and by the arrow keys once they have the focus. */
export function Cards({ env, cards, ...each }: Props): JSX.Element {
  return (
    <ul
      class={cards.length > 1 ? 'cards several' : 'cards'}
      aria-label={each.texts.cards}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {cards.map(({ title, text, image, buttons = [] }) => {
        const src = env.picture(image);
        return (
          <li key={title} class="offer-card" part="card">
            {src !== undefined && <img src={src} alt="" loading="lazy" referrerpolicy="no-referrer" onError={hide} />}
            <div class="words" dir="auto">
              <b>{title}</b>
              {text !== undefined && <p>{text}</p>}
            </div>
            {buttons.map((choice) => (
              <OfferButton key={choice.id} choice={choice} {...each} />
            ))}
          </li>
        );
      })}
    </ul>
  );
}

/** Words without a picture say more than the sign of a broken one. */
function hide({ currentTarget }: { readonly currentTarget: HTMLImageElement }): void {
  currentTarget.hidden = true;
}
