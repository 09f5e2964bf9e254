import type { Areas } from '../../language.ts';

/** Attention, in עברית. */
export const attention: Areas['attention'] = {
  mute: 'השתקת השיחה הזו',
  muteLine: 'בלי צליל ובלי התראה. אף אחד לא יודע.',
  muteFor: { hour: 'לשעה', hours: 'ל־8 שעות', always: 'עד שאשנה' },
  ways: { sound: 'צליל', title: 'מספר בכותרת הדף', notice: 'התראות במכשיר הזה', words: 'טקסט בהתראות' },
  noticeLine: 'כשמסתכלים על משהו אחר',
  refused: 'הדפדפן הזה לא מרשה אותן כאן.',
  somebody: 'הודעה חדשה',
  noWords: 'פתחו את הצ׳אט כדי לקרוא.',
};
