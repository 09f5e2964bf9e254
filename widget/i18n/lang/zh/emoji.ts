import type { Areas } from '../../language.ts';

/** Emoji, in 简体中文. */
export const emoji: Areas['emoji'] = {
  choose: '选择表情',
  search: '搜索表情',
  recent: '最近使用',
  found: '找到的',
  none: '没有叫这个名字的表情。',
  tone: '肤色',
  tones: { none: '黄色', light: '浅色', mediumLight: '中浅色', medium: '中等', mediumDark: '中深色', dark: '深色' },
  names: '这里的人',
};
