import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in Deutsch. */
export const page: Areas['page'] = {
  on: 'Ist auf {name}',
  said: 'Die Seite sagt, unbestätigt:',
};
