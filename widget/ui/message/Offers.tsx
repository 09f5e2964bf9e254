import { Component, type JSX } from 'preact';
import { answerIn, type Extras } from '../../core/extras.ts';
import type { Intents } from '../../core/view.ts';
import { withName } from '../../i18n/texts.ts';
import offers from '../../theme/message-offers.css?inline';
import { conversationAt } from '../env.ts';
import type { RichProps } from '../part-props.ts';
import { Cards } from './Cards.tsx';
import { takesPart } from './choices.ts';
import { messageTexts } from './message-texts.ts';
import { OfferButton } from './OfferButton.tsx';
import { Answered, OfferForm, type Typed } from './OfferForm.tsx';

/** Its own part of the style sheet. */
export const css = offers;

type Props = RichProps & { readonly offered: Extras };
type Answer = Omit<Extract<Intents['wish'], { readonly type: 'message.answer' }>['body'], 'conversation' | 'seq'>;

/** What was chosen here and is not answered yet. */
interface State {
  readonly sent?: Answer | undefined;
}

/** What a message offers: quick replies, buttons, cards, a form. Each person answers once, and sees only what he answered. */
export class Part extends Component<Props, State> {
  override state: State = {};
  /** What was typed into the form: it comes back where the answer is refused. */
  private typed: Typed = {};
  private element: HTMLElement | null = null;

  override getSnapshotBeforeUpdate(): boolean {
    return this.focused() !== undefined;
  }

  override componentDidUpdate({ view }: Props, _: State, hadFocus: boolean): void {
    // What was pressed is gone, or can be pressed no more: the keyboard goes on from its message.
    const focused = this.focused();
    if (hadFocus && (!focused || focused.matches(':disabled')))
      this.element?.closest<HTMLElement>('.row')?.focus({ preventScroll: true });
    const { notice } = this.props.view;
    if (this.state.sent && notice !== view.notice && notice?.wish === 'message.answer')
      this.setState({ sent: undefined });
  }

  override render({ env, view, place, own, seq, offered }: Props, { sent }: State): JSX.Element | null {
    const texts = messageTexts(env);
    const { replies = [], buttons = [], cards = [], form } = offered;
    const answer = answerIn(offered, view.me?.id ?? '') ?? sent;
    const chosen = answer?.choice;
    const isOffline = view.link.state !== 'online';
    // Whoever has gone on writing has answered in words of his own.
    const conversation = conversationAt(view, place);
    const isOlder = conversation?.items.some((item) => item.seq > seq && item.by === view.me?.id);
    const quick = answer || isOlder || own ? [] : replies;
    const label = [...replies, ...buttons, ...cards.flatMap((card) => card.buttons ?? [])].find(
      ({ id }) => id === chosen,
    )?.label;
    const isOpen = !answer && !own && (quick.length > 0 || buttons.length > 0 || form !== undefined);
    const off = isOffline || own || answer !== undefined || !takesPart(conversation);
    const each = { texts, off, chosen, onChosen: (choice: string) => this.answer({ choice }) };
    return (
      <div
        class="offers"
        ref={(element) => {
          this.element = element;
        }}
      >
        {cards.length > 0 && <Cards env={env} cards={cards} {...each} />}
        {buttons.length > 0 && (
          <fieldset class="choices column" aria-label={texts.answers}>
            {buttons.map((choice) => (
              <OfferButton key={choice.id} choice={choice} {...each} />
            ))}
          </fieldset>
        )}
        {quick.length > 0 && (
          <fieldset class="choices" aria-label={texts.answers}>
            {quick.map((choice) => (
              <OfferButton key={choice.id} choice={choice} {...each} />
            ))}
          </fieldset>
        )}
        {form &&
          (answer?.values !== undefined ? (
            <Answered form={form} values={answer.values} texts={texts} />
          ) : (
            <OfferForm
              name={`form-${seq}`}
              form={form}
              texts={texts}
              off={off}
              typed={this.typed}
              onSent={(values, typed) => {
                this.typed = typed;
                this.answer({ values });
              }}
            />
          ))}
        <p class="told" role="status">
          {isOpen && isOffline && texts.away}
          {label !== undefined && withName(texts.chosen, label)}
          {answer === sent && sent && ` ${texts.sending}`}
        </p>
      </div>
    );
  }

  /** What has the focus, where that is in here. */
  private focused(): Element | undefined {
    const root = this.element?.getRootNode() as ShadowRoot | undefined;
    const active = root?.activeElement;
    return active && this.element?.contains(active) ? active : undefined;
  }

  private answer(answer: Answer): void {
    const { env, view, place, seq } = this.props;
    this.setState({ sent: answer });
    env.act('wish', { type: 'message.answer', body: { conversation: view.refs[place] ?? place, seq, ...answer } });
  }
}
