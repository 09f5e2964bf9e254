import type { Areas } from '../../language.ts';

/** Attention, in Türkçe. */
export const attention: Areas['attention'] = {
  mute: 'Bu sohbeti sessize al',
  muteLine: 'Ses ve bildirim yok. Kimse bilmez.',
  muteFor: { hour: '1 saat', hours: '8 saat', always: 'Ben değiştirene kadar' },
  ways: {
    sound: 'Ses',
    title: 'Sayfa başlığında sayı',
    notice: 'Bu cihazda bildirimler',
    words: 'Bildirimlerde metin',
  },
  noticeLine: 'Siz başka bir şeye bakarken',
  refused: 'Bu tarayıcı burada izin vermiyor.',
  somebody: 'Yeni mesaj',
  noWords: 'Okumak için sohbeti açın.',
};
