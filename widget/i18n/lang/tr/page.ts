import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in Türkçe. */
export const page: Areas['page'] = {
  on: '{name} sayfasında',
  said: 'Sayfanın söylediği, doğrulanmadı:',
};
