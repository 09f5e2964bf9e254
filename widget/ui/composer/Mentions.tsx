import { Component, type JSX } from 'preact';
import type { Person } from '../../../protocol/facts.ts';
import { enEmoji } from '../../i18n/en-emoji.ts';
import css from '../../theme/emoji.css?inline';
import { Avatar, faceOf } from '../Avatar.tsx';
import { folded, holds, wordsOf } from '../folded.ts';
import type { ComposerPart, Naming } from '../part-props.ts';
import { Named } from './named.ts';

export { css };

type Props = ComposerPart & { readonly naming: Naming };

interface State {
  /** What stands between the @ and the caret; nothing where there is no @ any more. */
  readonly needle: string | undefined;
  readonly active: number;
}

/** Those that are shown at once, and the pages of members that are fetched for one @. */
const most = 8;
const pages = 20;

/** Who can be named: those of the group whose name goes on like what stands behind the @. */
export class Part extends Component<Props, State> {
  override state: State = { needle: needleIn(this.props.field), active: 0 };
  /** The user id behind which more was asked, of the first page ''. */
  private readonly asked = new Set<string>();

  override componentDidMount(): void {
    const { field } = this.props;
    field.addEventListener('input', this.wrote);
    field.addEventListener('click', this.wrote);
    // In front of the composer, whose Enter sends.
    field.addEventListener('keydown', this.pressed, true);
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', 'names');
    this.point();
  }

  override componentDidUpdate(): void {
    this.point();
  }

  override componentWillUnmount(): void {
    const { field } = this.props;
    field.removeEventListener('input', this.wrote);
    field.removeEventListener('click', this.wrote);
    field.removeEventListener('keydown', this.pressed, true);
    for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant']) field.removeAttribute(name);
  }

  override render({ env, view }: Props, { active }: State): JSX.Element | null {
    const texts = env.words('emoji', enEmoji);
    const people = this.people();
    if (people.length === 0) return null;
    return (
      <div class="names" id="names" role="listbox" aria-label={texts.names}>
        {people.map((person, at) => (
          <button
            type="button"
            tabIndex={-1}
            key={person.id}
            id={`name-${at}`}
            role="option"
            aria-selected={at === active}
            ref={(row) => {
              if (at === active) row?.scrollIntoView({ block: 'nearest' });
            }}
            // The focus stays in the field.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => this.choose(person)}
          >
            <Avatar {...faceOf(env, view, person)} />
            <bdi>{person.name}</bdi>
          </button>
        ))}
      </div>
    );
  }

  /** Those who fit, whose name begins so first. */
  private people(): readonly Person[] {
    const { view, conversation } = this.props;
    const { needle } = this.state;
    if (!conversation || needle === undefined) return [];
    const members =
      view.members[conversation.id]?.list.flatMap(({ person, role }) => (role === 'banned' ? [] : person)) ?? [];
    const known = new Map([...conversation.people, ...members].map((person) => [person.id, person]));
    const words = wordsOf(needle);
    const begins = ({ name }: Person): number => Number(!folded(name).startsWith(words[0] ?? ''));
    return [...known.values()]
      .filter(({ id, name }) => id !== view.me?.id && name !== '' && holds(name, words))
      .sort((one, other) => begins(one) - begins(other) || one.name.localeCompare(other.name))
      .slice(0, most);
  }

  /** Says which one Enter would choose, and fetches more members while too few are known. */
  private point(): void {
    const { field, env, view, conversation } = this.props;
    const { active } = this.state;
    const people = this.people();
    if (people.length > 0) field.setAttribute('aria-activedescendant', `name-${active}`);
    else field.removeAttribute('aria-activedescendant');
    if (!conversation || people.length >= most) return;
    const held = view.members[conversation.id];
    const next = held ? held.next : '';
    if (next === undefined || this.asked.has(next) || this.asked.size >= pages) return;
    this.asked.add(next);
    env.act('members.more', { id: conversation.id });
  }

  private choose({ id, name }: Person): void {
    const { insert, naming, done } = this.props;
    const { needle = '' } = this.state;
    const words = `@${name}`;
    naming.named ??= new Named();
    naming.named.add(words, id);
    insert(`${words} `, needle.length + 1);
    done();
  }

  private readonly wrote = (): void => {
    const needle = needleIn(this.props.field);
    if (needle === undefined) this.props.done();
    else this.setState({ needle, active: 0 });
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    const people = this.people();
    const { active } = this.state;
    if (event.isComposing || people.length === 0) return;
    const { length } = people;
    const chosen = people[active];
    if (event.key === 'ArrowDown') this.setState({ active: (active + 1) % length });
    else if (event.key === 'ArrowUp') this.setState({ active: (active + length - 1) % length });
    else if (event.key === 'Escape') this.props.done();
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && chosen) this.choose(chosen);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
}

/** What stands between the last @ and the caret, where that can still become a name. */
function needleIn({ value, selectionStart }: HTMLTextAreaElement): string | undefined {
  return /(?:^|\s)@([^@\n]{0,40})$/.exec(value.slice(0, selectionStart))?.[1];
}
