import type { JSX } from 'preact';
import type { Extras } from '../../core/extras.ts';
import type { MessageTexts } from './message-texts.ts';

/** One thing that can be chosen. */
export type Choice = NonNullable<Extras['buttons']>[number];

/** How what is offered stands. */
export interface Offered {
  readonly texts: MessageTexts;
  /** Nothing can be chosen: there is no link, or it was chosen already. */
  readonly off: boolean;
  /** The id of what was chosen. */
  readonly chosen: string | undefined;
  readonly onChosen: (id: string) => void;
}

/** A button, or where it leads to a page a link to that: http and https alone, in a tab of its own. */
export function OfferButton({
  choice,
  texts,
  off,
  chosen,
  onChosen,
}: Offered & { readonly choice: Choice }): JSX.Element {
  const { id, label, href } = choice;
  if (href !== undefined && isAddress(href)) {
    return (
      <a class="choice" part="choice" href={href} target="_blank" rel="noopener noreferrer nofollow">
        <bdi>{label}</bdi>
        <span class="sr"> ({texts.opens})</span>
      </a>
    );
  }
  return (
    <button
      type="button"
      class="choice"
      part="choice"
      disabled={off}
      aria-pressed={id === chosen}
      onClick={() => onChosen(id)}
    >
      <bdi>{label}</bdi>
    </button>
  );
}

function isAddress(href: string): boolean {
  return /^https?:\/\//i.test(href) && URL.canParse(href);
}
