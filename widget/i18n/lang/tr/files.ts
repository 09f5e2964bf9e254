import type { Areas } from '../../language.ts';

/** Files, in Türkçe. */
export const files: Areas['files'] = {
  chosen: 'Gönderilecek dosyalar',
  drop: 'Göndermek için dosyaları bırakın',
  remove: '{name} kaldır',
  cancel: '{name} gönderilmesin',
  open: '{name} göster',
  save: '{name} kaydet',
  gone: 'Artık yok',
  sending: '{n} / {size}',
  tooLarge: '{name}, {size} sınırından büyük.',
  tooMany: 'Bir mesaj en çok {n} dosya alır.',
  tooMuch: 'Bekleyen dosyalar toplam {size} olabilir. Önce bunları gönderin.',
  empty: '{name} boş.',
  unreadable: '{name} okunamıyor.',
  refused: {
    quota: 'Şu anda daha fazla dosya için yer yok.',
    too_large: 'Bu, gönderilemeyecek kadar büyük.',
    not_found: 'Burada dosya gönderilemez.',
    unknown_type: 'Burada dosya gönderilemez.',
    other: 'Dosya gönderilemedi.',
  },
  viewer: 'Resimler',
  close: 'Kapat',
  next: 'Sonraki resim',
  previous: 'Önceki resim',
  zoomIn: 'Yakınlaştır',
  zoomOut: 'Uzaklaştır',
  place: '{n} / {size}',
  missing: 'Bu resim gösterilemiyor.',
};
