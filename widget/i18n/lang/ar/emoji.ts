import type { Areas } from '../../language.ts';

/** Emoji, in العربية. */
export const emoji: Areas['emoji'] = {
  choose: 'اختيار رمز تعبيري',
  search: 'البحث عن رمز',
  recent: 'المستعملة مؤخرًا',
  found: 'النتائج',
  none: 'لا رمز بهذا الاسم.',
  tone: 'لون البشرة',
  tones: {
    none: 'أصفر',
    light: 'فاتح',
    mediumLight: 'فاتح متوسط',
    medium: 'متوسط',
    mediumDark: 'داكن متوسط',
    dark: 'داكن',
  },
  names: 'الأشخاص هنا',
};
