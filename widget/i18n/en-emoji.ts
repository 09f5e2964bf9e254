/** The texts of choosing an emoji and of naming somebody; what emoji are called is loaded beside them. */
export const enEmoji = {
  choose: 'Choose an emoji',
  search: 'Search emoji',
  recent: 'Used last',
  found: 'Found',
  none: 'No emoji is called that.',
  tone: 'Skin tone',
  tones: {
    none: 'Yellow',
    light: 'Light',
    mediumLight: 'Medium light',
    medium: 'Medium',
    mediumDark: 'Medium dark',
    dark: 'Dark',
  },
  names: 'People here',
} as const satisfies Record<string, string | Readonly<Record<string, string>>>;
