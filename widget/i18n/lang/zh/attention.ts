import type { Areas } from '../../language.ts';

/** Attention, in 简体中文. */
export const attention: Areas['attention'] = {
  mute: '将此会话静音',
  muteLine: '没有声音和通知。没有人会知道。',
  muteFor: { hour: '1 小时', hours: '8 小时', always: '直到我更改' },
  ways: { sound: '声音', title: '页面标题中的计数', notice: '此设备上的通知', words: '通知中显示文字' },
  noticeLine: '在您查看其他内容时',
  refused: '此浏览器在这里不允许通知。',
  somebody: '新消息',
  noWords: '打开聊天即可阅读。',
};
