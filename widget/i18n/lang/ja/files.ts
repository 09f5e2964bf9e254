import type { Areas } from '../../language.ts';

/** Files, in 日本語. */
export const files: Areas['files'] = {
  chosen: '送信するファイル',
  drop: 'ここにファイルをドロップすると送信します',
  remove: '{name} を外す',
  cancel: '{name} を送信しない',
  open: '{name} を表示',
  save: '{name} を保存',
  gone: 'もうありません',
  sending: '{n} / {size}',
  tooLarge: '{name} は {size} を超えています。',
  tooMany: '1 件のメッセージに付けられるファイルは {n} 個までです。',
  tooMuch: '待機中のファイルは合計 {size} までです。先にこれらを送信してください。',
  empty: '{name} は空です。',
  unreadable: '{name} を読み取れません。',
  refused: {
    quota: 'いまはこれ以上ファイルを置く場所がありません。',
    too_large: '大きすぎて送信できません。',
    not_found: 'ここではファイルを送信できません。',
    unknown_type: 'ここではファイルを送信できません。',
    other: 'ファイルを送信できませんでした。',
  },
  viewer: '画像',
  close: '閉じる',
  next: '次の画像',
  previous: '前の画像',
  zoomIn: '拡大',
  zoomOut: '縮小',
  place: '{n} / {size}',
  missing: 'この画像は表示できません。',
};
