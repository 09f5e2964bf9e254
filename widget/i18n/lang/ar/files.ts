import type { Areas } from '../../language.ts';

/** Files, in العربية. */
export const files: Areas['files'] = {
  chosen: 'ملفات للإرسال',
  drop: 'أفلت الملفات هنا لإرسالها',
  remove: 'إزالة {name}',
  cancel: 'عدم إرسال {name}',
  open: 'عرض {name}',
  save: 'حفظ {name}',
  gone: 'لم يعد موجودًا',
  sending: '{n} من {size}',
  tooLarge: '{name} أكبر من {size}.',
  tooMany: 'تحمل الرسالة حتى {n} ملفات.',
  tooMuch: 'يمكن أن تبلغ الملفات المنتظرة {size} إجمالًا. أرسل هذه أولًا.',
  empty: '{name} فارغ.',
  unreadable: 'تعذّرت قراءة {name}.',
  refused: {
    quota: 'لا مكان لمزيد من الملفات الآن.',
    too_large: 'هذا أكبر من أن يُرسل.',
    not_found: 'لا يمكن إرسال ملفات هنا.',
    unknown_type: 'لا يمكن إرسال ملفات هنا.',
    other: 'تعذّر إرسال الملف.',
  },
  viewer: 'الصور',
  close: 'إغلاق',
  next: 'الصورة التالية',
  previous: 'الصورة السابقة',
  zoomIn: 'تكبير',
  zoomOut: 'تصغير',
  place: '{n} من {size}',
  missing: 'تعذّر عرض هذه الصورة.',
};
