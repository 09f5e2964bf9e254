import type { Areas } from '../../language.ts';

/** Emoji, in עברית. */
export const emoji: Areas['emoji'] = {
  choose: 'בחירת אמוג׳י',
  search: 'חיפוש אמוג׳י',
  recent: 'בשימוש לאחרונה',
  found: 'נמצאו',
  none: 'אין אמוג׳י בשם הזה.',
  tone: 'גוון עור',
  tones: {
    none: 'צהוב',
    light: 'בהיר',
    mediumLight: 'בינוני בהיר',
    medium: 'בינוני',
    mediumDark: 'בינוני כהה',
    dark: 'כהה',
  },
  names: 'אנשים כאן',
};
