import type { Areas } from '../../language.ts';

/** Emoji, in 日本語. */
export const emoji: Areas['emoji'] = {
  choose: '絵文字を選ぶ',
  search: '絵文字を検索',
  recent: '最近使ったもの',
  found: '見つかったもの',
  none: 'その名前の絵文字はありません。',
  tone: '肌の色',
  tones: {
    none: '黄色',
    light: '明るい',
    mediumLight: 'やや明るい',
    medium: '中間',
    mediumDark: 'やや濃い',
    dark: '濃い',
  },
  names: 'ここにいる人',
};
