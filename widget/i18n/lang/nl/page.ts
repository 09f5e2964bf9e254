import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in Nederlands. */
export const page: Areas['page'] = {
  on: 'Is op {name}',
  said: 'De pagina zegt, niet bevestigd:',
};
