import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in Русский. */
export const page: Areas['page'] = {
  on: 'Находится на {name}',
  said: 'Страница сообщает, без подтверждения:',
};
