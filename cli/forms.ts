import { fileOf } from '../widget/theme/design-tokens-write.ts';
import { pageCssOf } from '../widget/theme/page-css.ts';
import type { Theme } from '../widget/theme/theme.ts';

/** The forms that a theme can be written in, each as the text of a file. */
export const forms = {
  /** A flat file of design tokens (Design Tokens Format Module 2025.10), without aliases. */
  tokens: (theme: Theme): string => `${JSON.stringify(fileOf(theme), undefined, 2)}\n`,
  /** Custom properties on the element. */
  css: pageCssOf,
  /** A typed object, as `theme(…)` takes it. */
  ts: (theme: Theme): string =>
    `import type { Theme } from 'befriend/theme';\n\nexport const theme = ${JSON.stringify(theme, undefined, 2)} as const satisfies Theme;\n`,
} as const;

export type Form = keyof typeof forms;
