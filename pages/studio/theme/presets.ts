import type { Theme } from '../../../widget/theme/theme.ts';

/** A theme to start from. */
export interface Preset {
  readonly name: string;
  readonly theme: Theme;
}

const serif = '"Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", serif';
const rounded = 'ui-rounded, "SF Pro Rounded", Nunito, "Noto Sans", system-ui, sans-serif';

/** Six that differ in more than a colour; a test holds each to the gate. */
export const presets: readonly Preset[] = [
  {
    name: 'Tide',
    theme: {
      color: { brand: '#0a7d6c' },
      radius: { panel: '20px', bubble: '20px', corner: '6px' },
    },
  },
  {
    name: 'Ink',
    theme: {
      color: { brand: '#26262e', accent: { light: '#26262e', dark: '#e9e9ee' } },
      radius: { panel: '6px', bubble: '4px', corner: '4px', control: '4px', avatar: '4px' },
      bubbles: 'square',
      avatars: 'square',
      density: 'compact',
    },
  },
  {
    name: 'Coral',
    theme: {
      color: { brand: '#d6452f' },
      font: { family: rounded },
      radius: { panel: '24px', bubble: '22px', corner: '8px', control: '14px' },
      launcher: { size: '64px' },
      density: 'roomy',
    },
  },
  {
    name: 'Meadow',
    theme: {
      color: {
        brand: '#3d7a1f',
        'bubble-out': { light: '#dcf2cf', dark: '#234a12' },
        'on-bubble-out': { light: '#16240f', dark: '#f0f7ec' },
      },
      header: 'accent',
    },
  },
  {
    name: 'Dusk',
    theme: {
      scheme: 'dark',
      color: { brand: '#7c5cff', surface: { light: '#ffffff', dark: '#14121f' } },
      header: 'large',
      avatars: 'rounded',
      radius: { panel: '18px', avatar: '30%' },
    },
  },
  {
    name: 'Paper',
    theme: {
      color: {
        brand: '#8a3f1d',
        surface: { light: '#fbf6ec', dark: '#1d1915' },
        'on-surface': { light: '#2a211a', dark: '#f1e9dd' },
      },
      font: { family: serif },
      text: { base: '16px', quiet: '14px', small: '12px', title: '17px' },
      bubbles: 'plain',
    },
  },
];
