/** A place in the widget for what the page puts into the element, by the attribute `slot` (DOM, “Slots”). */
export interface SlotPlace {
  readonly says: string;
  readonly since: number;
}

/** The public slots, each name a promise (docs/theming.md). */
export const slots = {
  launcher: { says: 'In place of the glyph on the launcher while the panel is closed.', since: 1 },
  header: { says: 'Under the head of a conversation: opening hours, a banner.', since: 1 },
  empty: { says: 'In place of what a conversation says before its first message.', since: 1 },
  'before-composer': { says: 'Above the field: links, what is only said here.', since: 1 },
  'message-footer': { says: 'Below every message, a copy for each; of a `template` what is in it.', since: 1 },
} as const satisfies Readonly<Record<string, SlotPlace>>;
