/** Everything that a page can ask of a widget, and nothing else. */
export const verbs =
  'open close toggle show hide ready identify logout attributes locale theme compose send conversation page track emit unread consent on destroy'.split(
    ' ',
  );
