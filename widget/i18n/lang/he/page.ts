import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in עברית. */
export const page: Areas['page'] = {
  on: 'נמצא בדף {name}',
  said: 'הדף מוסר, ללא אימות:',
};
