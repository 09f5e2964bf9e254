import { anything, boolean, list, number, type Of, object, oneOf, optional, seq, string } from './shape.ts';

/**
 * What a message may have beside its words: `message.sent` carries it as `extras`. Whoever draws it reads it with
 * `Extras.read`; the words alone always say enough for those who do not.
 */

/** A file of a message, as it is told. Its address is asked for with `file.show`. */
export const FileInfo = object({
  id: string,
  name: string,
  /** The media type that its first bytes have. */
  type: string,
  /** Bytes. */
  size: number,
  /** Of a picture, pixels. */
  width: optional(number),
  height: optional(number),
  /** It was taken away: by its author, or because nobody may keep it. */
  gone: optional(boolean),
});
export type FileInfo = Of<typeof FileInfo>;

/** One thing that can be chosen; with `href` it leads to a page instead, http and https alone. */
export const Choice = object({ id: string, label: string, href: optional(string) });
export type Choice = Of<typeof Choice>;

/** A small picture with words and buttons. `image` is an https address. */
export const Card = object({
  title: string,
  text: optional(string),
  image: optional(string),
  buttons: optional(list(Choice)),
});
export type Card = Of<typeof Card>;

/** One field of a form. `yes` is a box to tick, `choice` one of `options`, `long` several lines. */
export const Field = object({
  id: string,
  label: string,
  kind: oneOf('text', 'long', 'email', 'tel', 'number', 'date', 'choice', 'yes'),
  required: optional(boolean),
  hint: optional(string),
  options: optional(list(Choice)),
  min: optional(number),
  max: optional(number),
});
export type Field = Of<typeof Field>;

export const Form = object({ fields: list(Field), send: optional(string) });
export type Form = Of<typeof Form>;

/** Something of the team's own, which the page draws in place of the words: `order.card`, and whatever that needs. */
export const Custom = object({ type: string, data: optional(anything) });
export type Custom = Of<typeof Custom>;

export const Extras = object({
  /** The seq of the message that this one answers. */
  reply: optional(seq),
  /** User ids of those whom its words name. */
  mentions: optional(list(string)),
  files: optional(list(FileInfo)),
  /** Emoji → ids of the users who set it, the first first. */
  reactions: optional(anything),
  /** Quick replies: offered until somebody answers. */
  replies: optional(list(Choice)),
  buttons: optional(list(Choice)),
  cards: optional(list(Card)),
  form: optional(Form),
  custom: optional(Custom),
  /** User id → what he answered: `choice` or `values`. */
  answers: optional(anything),
});
export type Extras = Of<typeof Extras>;

/** Emoji → user ids, as far as it is that. */
export function reactionsOf({ reactions }: Pick<Extras, 'reactions'>): ReadonlyMap<string, readonly string[]> {
  const entries = Object.entries((reactions ?? {}) as Record<string, unknown>);
  return new Map(
    entries.flatMap(([emoji, users]): [string, string[]][] => {
      const known = Array.isArray(users) ? users.filter((user) => typeof user === 'string') : [];
      return known.length > 0 ? [[emoji, known]] : [];
    }),
  );
}

/** What one user has answered; undefined where he has not. */
export function answerOf(
  { answers }: Pick<Extras, 'answers'>,
  user: string,
): { readonly choice?: string; readonly values?: unknown } | undefined {
  return (answers as Record<string, object> | undefined)?.[user];
}
