/** `import { themeIn } from 'befriend/theme'`: themes as data, without a widget and without a page. */
export { themeIn } from '../theme/design-tokens.ts';
export type { Problem, Theme, Value } from '../theme/theme.ts';
export { cssOf } from '../theme/theme-text.ts';
