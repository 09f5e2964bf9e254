import type { Areas } from '../../language.ts';

/** Attention, in 日本語. */
export const attention: Areas['attention'] = {
  mute: 'この会話をミュート',
  muteLine: '音も通知もありません。誰にも分かりません。',
  muteFor: { hour: '1 時間', hours: '8 時間', always: '変更するまで' },
  ways: { sound: '音', title: 'ページのタイトルに件数', notice: 'この端末での通知', words: '通知に本文を表示' },
  noticeLine: 'ほかのものを見ている間',
  refused: 'このブラウザではここで許可されていません。',
  somebody: '新しいメッセージ',
  noWords: '読むにはチャットを開いてください。',
};
