import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in Polski. */
export const page: Areas['page'] = {
  on: 'Jest na {name}',
  said: 'Strona podaje, bez potwierdzenia:',
};
