/** A part that a page can style: what it is, and since which major version its name is promised. */
export interface Part {
  readonly says: string;
  readonly since: number;
}

/**
 * The public parts: all that `befriend-chat::part(…)` reaches, each name a promise (docs/theming.md). An element may have
 * several: `::part(bubble own)` is one's own bubble.
 */
export const parts = {
  launcher: { says: 'The round button, also `start` or `end`: its corner.', since: 1 },
  start: { says: 'With `launcher`: it stands at the start.', since: 1 },
  end: { says: 'With `launcher`: it stands at the end.', since: 1 },
  badge: { says: 'How many messages are unread, on the launcher.', since: 1 },
  panel: { says: 'All that is open: the list, a conversation, or both on a wide page.', since: 1 },
  header: { says: 'The head of the panel and of each of its screens.', since: 1 },
  title: { says: 'Where one is, in the head.', since: 1 },
  status: { says: 'The line of state under the title.', since: 1 },
  tool: { says: 'A button that shows a glyph alone, in the head and beside the field.', since: 1 },
  back: { says: 'With `tool`: the way back.', since: 1 },
  close: { says: 'With `tool`: closes the panel.', since: 1 },
  avatar: { says: 'A face: a picture, or letters on a tint.', since: 1 },
  notice: { says: 'A line that says what is wrong.', since: 1 },
  empty: { says: 'What stands where nothing is yet.', since: 1 },
  list: { says: 'The list of conversations.', since: 1 },
  conversation: { says: 'One row of that list.', since: 1 },
  person: { says: 'A row of a list of people.', since: 1 },
  search: { says: 'A field that looks for something.', since: 1 },
  log: { says: 'What scrolls: the messages of a conversation.', since: 1 },
  mark: { says: 'A line between messages: a day, “New”, somebody who came.', since: 1 },
  message: { says: 'The whole row of a message.', since: 1 },
  bubble: { says: 'What was said.', since: 1 },
  own: { says: 'With `message` and `bubble`: one’s own.', since: 1 },
  other: { says: 'With `message` and `bubble`: another’s.', since: 1 },
  author: { says: 'Who wrote a group of messages.', since: 1 },
  meta: { says: 'The time of a message, and how far it got.', since: 1 },
  reaction: { says: 'An emoji below a message, with a number.', since: 1 },
  choice: { says: 'A button that a message offers.', since: 1 },
  card: { says: 'A card of a message.', since: 1 },
  form: { says: 'A form of a message.', since: 1 },
  file: { says: 'A file of a message, as a row.', since: 1 },
  typing: { says: 'Where the three dots come.', since: 1 },
  jump: { says: 'The button that leads to the newest message.', since: 1 },
  composer: { says: 'Where one writes, with all that stands beside the field.', since: 1 },
  field: { says: 'The field itself.', since: 1 },
  strip: { says: 'What is answered or edited, above the field.', since: 1 },
  attach: { says: 'With `tool`: chooses files.', since: 1 },
  emoji: { says: 'With `tool`: shows all emoji.', since: 1 },
  send: { says: 'The button that sends.', since: 1 },
  menu: { says: 'A menu: of the head, of a message, of a row.', since: 1 },
  sheet: { says: 'What slides up in the panel and asks for one thing.', since: 1 },
  action: { says: 'A button with words, on a screen about people.', since: 1 },
} as const satisfies Readonly<Record<string, Part>>;
