/** A message as the page is told of it that draws it. */
export interface RenderedMessage {
  /** Its place in the log of its conversation. */
  readonly seq: number;
  /** The reference by which the conversation is shown: `support`, `room:NAME`, an id. */
  readonly conversation: string;
  /** Its words, which say enough by themselves. */
  readonly text: string;
  /** The user who wrote it, and whether that is oneself. */
  readonly by: string | undefined;
  readonly own: boolean;
  /** The friend's clock, milliseconds since 1970. */
  readonly at: number;
  readonly edited: boolean;
  /** The language in which the widget speaks (BCP 47). */
  readonly locale: string;
  /** Aborted when what was drawn is taken away: it is drawn anew, or out of sight. */
  readonly signal: AbortSignal;
}

/**
 * Draws in place of a message's words what the team's own `data` say, as the page's own node or as text; with undefined the
 * words stay. It is called again when the message changes.
 */
export type Renderer = (data: unknown, message: RenderedMessage) => Node | string | undefined;

/** What draws something below every message, in place of a type. */
export const footer = 'message-footer';
