import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in 日本語. */
export const page: Areas['page'] = {
  on: '{name} を閲覧中',
  said: 'ページからの情報（未確認）:',
};
