/** Users that a message may name: what the friend takes. */
const most = 20;

/** The users that a text may name, each with the words that were put into it for him. */
export class Named {
  /** Who was chosen last is the first. */
  #list: readonly (readonly [words: string, user: string])[] = [];

  add(words: string, user: string): void {
    this.#list = [[words, user], ...this.#list];
  }

  /**
   * The ids of those whom `text` still names, at most 20; nothing where it names nobody. One place in it
   * names one user: the one with the longest words, and among namesakes who was chosen last.
   */
  in(text: string): readonly string[] | undefined {
    const users = new Set<string>();
    let left = text;
    for (const [words, user] of this.#list.toSorted(([one], [other]) => other.length - one.length)) {
      const literal = words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      const without = left.replace(new RegExp(`${literal}(?![\\p{L}\\p{M}\\p{N}_])`, 'u'), ' ');
      if (without !== left) users.add(user);
      left = without;
    }
    return users.size > 0 ? [...users].slice(0, most) : undefined;
  }
}
