import type { Areas } from '../../language.ts';

/** Attention, in العربية. */
export const attention: Areas['attention'] = {
  mute: 'كتم هذه المحادثة',
  muteLine: 'لا صوت ولا تنبيه. لا أحد يعلم.',
  muteFor: { hour: 'لساعة واحدة', hours: 'لثماني ساعات', always: 'حتى أغيّره' },
  ways: {
    sound: 'الصوت',
    title: 'العدد في عنوان الصفحة',
    notice: 'تنبيهات على هذا الجهاز',
    words: 'النص في التنبيهات',
  },
  noticeLine: 'بينما تنظر إلى شيء آخر',
  refused: 'هذا المتصفح لا يسمح بها هنا.',
  somebody: 'رسالة جديدة',
  noWords: 'افتح الدردشة لقراءتها.',
};
