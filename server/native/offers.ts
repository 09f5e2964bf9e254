import type { Choice, Extras } from '../../protocol/extras.ts';

/** Conversations of which it is remembered what was offered last. */
const kept = 500;

/** What a message offers in words: everything that can be chosen with its number, so that the number answers. */
export function offered({ replies = [], buttons = [], cards = [], form }: Extras): string[] {
  const numbered = (choice: Choice, number: number): string => `${number}. ${choice.label}`;
  const leading = ({ label, href }: Choice): string => `${label}: ${href}`;
  const all = [...replies, ...buttons, ...cards.flatMap((card) => card.buttons ?? [])];
  return [
    ...cards.map(({ title, text }) => (text === undefined ? title : `${title}: ${text}`)),
    ...(form?.fields ?? []).map(({ label, required }) => `– ${label}${required === true ? ' *' : ''}`),
    ...answers({ replies, buttons, cards }).map((choice, index) => numbered(choice, index + 1)),
    ...all.filter(({ href }) => href !== undefined).map(leading),
  ];
}

/** What somebody has answered, in the words of the offer; undefined where that is not known. */
export function answeredIn(extras: Extras, choice: string | undefined, values: unknown): string | undefined {
  if (choice !== undefined) return answers(extras).find(({ id }) => id === choice)?.label;
  const filled = Object(values) as Record<string, unknown>;
  const lines = (extras.form?.fields ?? []).flatMap(({ id, label, options }) => {
    if (!Object.hasOwn(filled, id)) return [];
    const value =
      options?.find((option) => option.id === filled[id])?.label ?? (filled[id] === true ? '✓' : filled[id]);
    return `${label}: ${value === false ? '–' : value}`;
  });
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** What was offered in each conversation last, for as long as the account has said nothing else there. */
export class Offers {
  readonly #offers = new Map<string, { readonly seq: number; readonly choices: readonly Choice[] }>();

  told(log: string, seq: number, extras: Extras): void {
    const choices = answers(extras);
    this.#offers.delete(log);
    if (choices.length > 0) this.#offers.set(log, { seq, choices });
    const [oldest] = this.#offers.keys();
    if (this.#offers.size > kept && oldest !== undefined) this.#offers.delete(oldest);
  }

  /** Takes what the account says: what it chooses by that, by number or label, if anything. */
  said(log: string, text: string): { readonly seq: number; readonly choice: string } | undefined {
    const { seq, choices } = this.#offers.get(log) ?? { seq: 0, choices: [] };
    this.#offers.delete(log);
    const said = text.trim().toLowerCase();
    const number = /^\d{1,2}[.)]?$/.test(said) ? Number.parseInt(said, 10) : 0;
    const chosen = choices.find(({ label }, index) => index + 1 === number || label.trim().toLowerCase() === said);
    return chosen === undefined ? undefined : { seq, choice: chosen.id };
  }
}

function answers({ replies = [], buttons = [], cards = [] }: Extras): Choice[] {
  const all = [...replies, ...buttons, ...cards.flatMap((card) => card.buttons ?? [])];
  return all.filter(({ href }) => href === undefined);
}
