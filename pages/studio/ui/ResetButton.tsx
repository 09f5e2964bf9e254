import type { JSX } from 'preact';
import type { TokenName } from '../../../widget/theme/tokens.ts';
import type { Studio } from '../store.ts';
import { heldIn, withValue } from '../theme/editing.ts';
import { Icon } from './Icon.tsx';

interface Props {
  readonly studio: Studio;
  readonly token: TokenName;
  readonly label: string;
}

/** Lets a token be what it is by itself; there only where the theme says something else. */
export function ResetButton({ studio, token, label }: Props): JSX.Element | null {
  if (heldIn(studio.theme, token) === undefined) return <span class="no-reset" />;
  const reset = (): void => studio.change(withValue(studio.theme, token, undefined));
  return (
    <button type="button" class="reset" aria-label={`${label}: as by itself`} title="As by itself" onClick={reset}>
      <Icon name="reset" />
    </button>
  );
}
