import type { Custom, Extras, FileInfo } from '../../protocol/extras.ts';
import type { Facts } from '../../protocol/facts.ts';

type Sent = Omit<Facts['message.sent'], 'extras'>;
type Answered = Pick<Facts['message.answered'], 'of'>;

/** What a filter lets through: the type of the fact, and its body. */
export interface FactFilters {
  /** A message with words in it. */
  'message:text': { readonly type: 'message.sent'; readonly body: Facts['message.sent'] };
  /** A message with files. */
  'message:files': {
    readonly type: 'message.sent';
    readonly body: Sent & { readonly extras: Extras & { readonly files: readonly FileInfo[] } };
  };
  /** A message that offers quick replies, buttons, cards or a form. */
  'message:offer': { readonly type: 'message.sent'; readonly body: Sent & { readonly extras: Extras } };
  /** A message with something of the team's own. */
  'message:custom': {
    readonly type: 'message.sent';
    readonly body: Sent & { readonly extras: Extras & { readonly custom: Custom } };
  };
  /** Somebody has chosen. */
  'answer:choice': { readonly type: 'message.answered'; readonly body: Answered & { readonly choice: string } };
  /** Somebody has filled in a form. */
  'answer:form': {
    readonly type: 'message.answered';
    readonly body: Answered & { readonly values: NonNullable<Facts['message.answered']['values']> };
  };
}
