import type { Areas } from '../../language.ts';

/** Files, in עברית. */
export const files: Areas['files'] = {
  chosen: 'קבצים לשליחה',
  drop: 'גררו לכאן קבצים כדי לשלוח אותם',
  remove: 'הסרת {name}',
  cancel: 'לא לשלוח את {name}',
  open: 'הצגת {name}',
  save: 'שמירת {name}',
  gone: 'כבר לא שם',
  sending: '{n} מתוך {size}',
  tooLarge: '{name} גדול מ־{size}.',
  tooMany: 'הודעה יכולה לשאת עד {n} קבצים.',
  tooMuch: 'קבצים ממתינים יכולים להגיע יחד ל־{size}. שלחו קודם את אלה.',
  empty: '{name} ריק.',
  unreadable: 'אי אפשר לקרוא את {name}.',
  refused: {
    quota: 'אין כרגע מקום לקבצים נוספים.',
    too_large: 'זה גדול מכדי לשלוח.',
    not_found: 'אי אפשר לשלוח כאן קבצים.',
    unknown_type: 'אי אפשר לשלוח כאן קבצים.',
    other: 'הקובץ לא נשלח.',
  },
  viewer: 'תמונות',
  close: 'סגירה',
  next: 'התמונה הבאה',
  previous: 'התמונה הקודמת',
  zoomIn: 'הגדלה',
  zoomOut: 'הקטנה',
  place: '{n} מתוך {size}',
  missing: 'אי אפשר להציג את התמונה הזו.',
};
