/** The texts of the header's menu, and of how somebody is told of new messages: loaded with the first of them. */
export const enAttention = {
  mute: 'Mute this conversation',
  muteLine: 'No sound and no notice. Nobody is told.',
  muteFor: { hour: 'For 1 hour', hours: 'For 8 hours', always: 'Until I change it' },
  ways: {
    sound: 'Sound',
    title: 'Count in the page title',
    notice: 'Notices of this device',
  },
  noticeLine: 'While you look at something else',
  noticeRefused: 'This browser does not allow them for this page.',
  words: 'Show words in notices',
  dnd: 'Silent while you are on “Do not disturb”.',
  titled: '({n}) {title}',
  somebody: 'New message',
  noWords: 'Open the page to read it.',
} as const;
