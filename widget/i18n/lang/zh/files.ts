import type { Areas } from '../../language.ts';

/** Files, in 简体中文. */
export const files: Areas['files'] = {
  chosen: '要发送的文件',
  drop: '拖放文件即可发送',
  remove: '移除 {name}',
  cancel: '不发送 {name}',
  open: '查看 {name}',
  save: '保存 {name}',
  gone: '已不存在',
  sending: '{n} / {size}',
  tooLarge: '{name} 超过 {size}。',
  tooMany: '一条消息最多可带 {n} 个文件。',
  tooMuch: '等待中的文件总共不能超过 {size}。请先发送这些。',
  empty: '{name} 是空的。',
  unreadable: '无法读取 {name}。',
  refused: {
    quota: '目前没有空间存放更多文件。',
    too_large: '文件太大，无法发送。',
    not_found: '这里不能发送文件。',
    unknown_type: '这里不能发送文件。',
    other: '文件发送失败。',
  },
  viewer: '图片',
  close: '关闭',
  next: '下一张图片',
  previous: '上一张图片',
  zoomIn: '放大',
  zoomOut: '缩小',
  place: '{n} / {size}',
  missing: '无法显示此图片。',
};
