import type { Areas } from '../../language.ts';

/** Of somebody who asks for help, in 简体中文. */
export const page: Areas['page'] = {
  on: '正在浏览 {name}',
  said: '页面提供的信息，未验证：',
};
