/** What keys do, in the order in which they are listed. */
export const commands = [
  'next',
  'previous',
  'open',
  'search',
  'reply',
  'note',
  'take',
  'assign',
  'close',
  'snooze',
  'canned',
  'details',
  'keys',
  'back',
] as const;
export type Command = (typeof commands)[number];

/** The keys of each command; a letter counts with and without Shift. */
const keys: Readonly<Record<Command, readonly string[]>> = {
  next: ['J', '↓'],
  previous: ['K', '↑'],
  open: ['Enter'],
  search: ['/'],
  reply: ['R'],
  note: ['N'],
  take: ['T'],
  assign: ['A'],
  close: ['E'],
  snooze: ['S'],
  canned: ['C'],
  details: ['I'],
  keys: ['?'],
  back: ['Esc'],
};

const named: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

/** How the keys of a command are written. */
export function keysOf(command: Command): readonly string[] {
  return keys[command];
}

/** What of a key event decides what it does. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing'> & {
  readonly defaultPrevented?: boolean;
};

/**
 * What a key does where no field has the focus; nothing with a modifier, while something is composed, or where somebody
 * has taken it. Enter is the button's own that has the focus. With single keys off, only Escape is left.
 */
export function commandOf(event: Pressed, single: boolean): Command | undefined {
  const { key, altKey, ctrlKey, metaKey, isComposing, defaultPrevented } = event;
  if (altKey || ctrlKey || metaKey || isComposing || defaultPrevented || key === 'Enter') return undefined;
  const name = named[key] ?? key.toUpperCase();
  const command = commands.find((one) => keys[one].includes(name));
  return single || command === 'back' ? command : undefined;
}

/** Whether somebody writes or chooses there: then a key is his. */
export function isField(target: EventTarget | undefined): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="menu"]') !== null
  );
}
