/**
 * Everything that a page can ask of a widget, and nothing else. With the first of them it asks for the chat itself; what
 * else it says waits until somebody does.
 */
export const verbs =
  'open toggle compose send conversation identify logout emit close show hide ready attributes locale theme adoptStyles icons render page track unread consent on destroy'.split(
    ' ',
  );

/** How many of them ask for the chat itself. */
export const intents = 8;
