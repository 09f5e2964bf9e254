import type { Areas } from '../../language.ts';

/** Files, in हिन्दी. */
export const files: Areas['files'] = {
  chosen: 'भेजने के लिए फ़ाइलें',
  drop: 'भेजने के लिए फ़ाइलें यहाँ छोड़ें',
  remove: '{name} हटाएँ',
  cancel: '{name} न भेजें',
  open: '{name} दिखाएँ',
  save: '{name} सहेजें',
  gone: 'अब वहाँ नहीं है',
  sending: '{size} में से {n}',
  tooLarge: '{name} का आकार {size} से ज़्यादा है।',
  tooMany: 'एक संदेश में {n} तक फ़ाइलें जा सकती हैं।',
  tooMuch: 'रुकी हुई फ़ाइलें कुल {size} तक हो सकती हैं। पहले इन्हें भेजें।',
  empty: '{name} खाली है।',
  unreadable: '{name} पढ़ी नहीं जा सकती।',
  refused: {
    quota: 'अभी और फ़ाइलों के लिए जगह नहीं है।',
    too_large: 'यह भेजने के लिए बहुत बड़ा है।',
    not_found: 'यहाँ फ़ाइलें नहीं भेजी जा सकतीं।',
    unknown_type: 'यहाँ फ़ाइलें नहीं भेजी जा सकतीं।',
    other: 'फ़ाइल नहीं भेजी जा सकी।',
  },
  viewer: 'तस्वीरें',
  close: 'बंद करें',
  next: 'अगली तस्वीर',
  previous: 'पिछली तस्वीर',
  zoomIn: 'बड़ा करें',
  zoomOut: 'छोटा करें',
  place: '{size} में से {n}',
  missing: 'यह तस्वीर नहीं दिखाई जा सकती।',
};
