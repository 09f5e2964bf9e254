import type { Areas } from '../../language.ts';

/** Emoji, in हिन्दी. */
export const emoji: Areas['emoji'] = {
  choose: 'इमोजी चुनें',
  search: 'इमोजी खोजें',
  recent: 'हाल में इस्तेमाल',
  found: 'मिले',
  none: 'इस नाम का कोई इमोजी नहीं।',
  tone: 'त्वचा का रंग',
  tones: {
    none: 'पीला',
    light: 'हल्का',
    mediumLight: 'मध्यम हल्का',
    medium: 'मध्यम',
    mediumDark: 'मध्यम गहरा',
    dark: 'गहरा',
  },
  names: 'यहाँ के लोग',
};
