/** The texts of the header's menu, and of what calls somebody to a new message: loaded with the first of them. */
export const enAttention = {
  mute: 'Mute this conversation',
  muteLine: 'No sound and no notice. Nobody is told.',
  muteFor: { hour: 'For 1 hour', hours: 'For 8 hours', always: 'Until I change it' },
  ways: {
    sound: 'Sound',
    title: 'Count in the page title',
    notice: 'Notices on this device',
    words: 'Words in notices',
  },
  noticeLine: 'While you look at something else',
  refused: 'This browser does not allow them here.',
  somebody: 'New message',
  noWords: 'Open the chat to read it.',
} as const;
