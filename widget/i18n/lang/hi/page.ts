import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in हिन्दी. */
export const page: Areas['page'] = {
  on: '{name} पर हैं',
  said: 'पृष्ठ की जानकारी, असत्यापित:',
};
