/** `import { mount } from 'befriend'`: a widget from a module, and the types of all that it takes and says. */
export { type Answer, type Heard, type MountOptions, mount, type TeamEvents, type Widget } from '../embed/mount.ts';
export type { GivenTheme } from '../embed/theme.ts';
export type { Theme } from '../theme/theme.ts';
