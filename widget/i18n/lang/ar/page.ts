import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in العربية. */
export const page: Areas['page'] = {
  on: 'على {name}',
  said: 'تقول الصفحة، دون تحقّق:',
};
