/** What a few lines say of a group of four: who is in it, who may do what, and what each may read. */

export const verbs = [
  'look',
  'add',
  'join',
  'decline',
  'send',
  'leave',
  'remove',
  'ban',
  'unban',
  'role',
  'rename',
  'public',
  'history',
  'edit',
  'delete',
] as const;

/** One wish: of `by`, about `of`, with a number that chooses a role, a setting or a message. */
export interface Wish {
  readonly verb: (typeof verbs)[number];
  readonly by: number;
  readonly of: number;
  readonly pick: number;
}

/** done: facts were stored in the group · ack: nothing was, or elsewhere · refused: not_found */
export type Outcome = 'done' | 'ack' | 'refused';

export const roles = ['guest', 'member', 'admin', 'owner'] as const;

interface Message {
  readonly seq: number;
  readonly by: number;
  text: string;
}

/** Users are numbers, 0 has begun the group; 0 and 1 may add each other, everybody else has to be invited. */
export class GroupModel {
  readonly members = new Map<number, { role: number; from: number; since: number }>();
  readonly banned = new Set<number>();
  readonly invited = new Set<number>();
  readonly messages: Message[] = [];
  last = 0;
  isPublic = false;
  hidesHistory = false;
  name = 0;

  constructor() {
    this.last = 1;
    this.#comes(0, 3);
  }

  /** What the group makes of a wish. */
  step(wish: Wish): Outcome {
    return wish.verb === 'role' ? this.#role(wish) : this[wish.verb](wish);
  }

  /** Whether `user` may see the fact at `seq`. */
  sees(user: number, seq: number): boolean {
    const member = this.members.get(user);
    if (member) return seq > member.from;
    return this.isPublic && !this.hidesHistory && !this.banned.has(user);
  }

  role(user: number): number {
    return this.members.get(user)?.role ?? -1;
  }

  message(pick: number): Message | undefined {
    return this.messages[pick % Math.max(1, this.messages.length)];
  }

  private look({ by }: Wish): Outcome {
    return this.members.has(by) || (this.isPublic && !this.banned.has(by)) ? 'ack' : 'refused';
  }

  private add({ by, of }: Wish): Outcome {
    if (this.role(by) < 1 || this.banned.has(of)) return 'refused';
    if (this.members.has(of)) return 'ack';
    if (by > 1 || of > 1) {
      this.invited.add(of);
      return 'ack';
    }
    return this.#comes(of, 1);
  }

  private join({ by }: Wish): Outcome {
    if (this.banned.has(by)) return 'refused';
    if (this.members.has(by)) return 'ack';
    return this.isPublic || this.invited.has(by) ? this.#comes(by, 1) : 'refused';
  }

  private decline({ by }: Wish): Outcome {
    return this.invited.delete(by) ? 'ack' : 'refused';
  }

  private send({ by, pick }: Wish): Outcome {
    const mayBegin = this.isPublic && !this.banned.has(by);
    if (!this.members.has(by) && !mayBegin) return 'refused';
    if (!this.members.has(by)) this.#comes(by, 1, 'uninvited');
    this.last += 1;
    this.messages.push({ seq: this.last, by, text: `text ${pick}` });
    return 'done';
  }

  private leave({ by }: Wish): Outcome {
    return this.members.has(by) ? this.#goes(by) : 'refused';
  }

  private remove({ by, of }: Wish): Outcome {
    if (by === of || this.role(by) < 2) return 'refused';
    if (this.members.has(of)) return this.#isOver(by, this.role(of)) ? this.#goes(of) : 'refused';
    return this.invited.delete(of) ? 'ack' : 'refused';
  }

  private ban({ by, of }: Wish): Outcome {
    if (by === of || this.role(by) < 2) return 'refused';
    if (this.members.has(of) && !this.#isOver(by, this.role(of))) return 'refused';
    if (this.banned.has(of)) return 'ack';
    this.banned.add(of);
    return this.#goes(of);
  }

  private unban({ by, of }: Wish): Outcome {
    if (this.role(by) < 2 || !this.banned.delete(of)) return 'refused';
    return this.#stores();
  }

  #role({ by, of, pick }: Wish): Outcome {
    const [before, after] = [this.role(of), pick % roles.length];
    const isAllowed = this.#isOver(by, after) && (by === of || this.#isOver(by, before));
    if (this.role(by) < 2 || before < 0 || !isAllowed) return 'refused';
    if (before === after) return 'ack';
    if (before === 3 && !this.#handsOn(of)) return 'refused';
    this.#gets(of, after);
    return 'done';
  }

  private rename({ by, pick }: Wish): Outcome {
    return this.#sets(by, this.name !== pick % 3, () => {
      this.name = pick % 3;
    });
  }

  private public({ by, pick }: Wish): Outcome {
    return this.#sets(by, this.isPublic !== (pick % 2 === 1), () => {
      this.isPublic = pick % 2 === 1;
    });
  }

  private history({ by, pick }: Wish): Outcome {
    return this.#sets(by, this.hidesHistory !== (pick % 2 === 1), () => {
      this.hidesHistory = pick % 2 === 1;
    });
  }

  private edit({ by, pick }: Wish): Outcome {
    const message = this.message(pick);
    const isOwn = message?.by === by && this.members.has(by) && this.sees(by, message.seq);
    if (!message || !isOwn || message.text === '') return 'refused';
    if (message.text === `edit ${pick}`) return 'ack';
    message.text = `edit ${pick}`;
    return this.#stores();
  }

  private delete({ by, pick }: Wish): Outcome {
    const message = this.message(pick);
    if (!message || !this.members.has(by) || !this.sees(by, message.seq)) return 'refused';
    if (message.by !== by && this.role(by) < 2) return 'refused';
    if (message.text === '') return 'ack';
    message.text = '';
    return this.#stores();
  }

  #sets(by: number, isChange: boolean, change: () => void): Outcome {
    if (this.role(by) < 2) return 'refused';
    if (!isChange) return 'ack';
    change();
    return this.#stores();
  }

  #stores(): Outcome {
    this.last += 1;
    return 'done';
  }

  /** An invitation is over when one follows it, and not yet when one only begins to write. */
  #comes(user: number, role: number, how: 'invited' | 'uninvited' = 'invited'): Outcome {
    // Nobody is in it: it is his from now on.
    const given = this.members.size === 0 ? 3 : role;
    const from = this.hidesHistory ? this.last : 0;
    this.last += 1;
    this.members.set(user, { role: given, from, since: this.last });
    if (how === 'invited') this.invited.delete(user);
    return 'done';
  }

  #gets(user: number, role: number): void {
    this.last += 1;
    this.members.set(user, { from: this.members.get(user)?.from ?? 0, role, since: this.last });
  }

  #goes(user: number): Outcome {
    if (this.role(user) === 3) this.#handsOn(user);
    this.members.delete(user);
    this.invited.delete(user);
    return this.#stores();
  }

  /** Whether an owner stays when `user` is one no more. */
  #handsOn(user: number): boolean {
    const others = [...this.members].filter(([id]) => id !== user);
    if (others.some(([, { role }]) => role === 3)) return true;
    const [heir] = others.sort(([, a], [, b]) => b.role - a.role || a.since - b.since);
    if (heir) this.#gets(heir[0], 3);
    return heir !== undefined;
  }

  #isOver(user: number, role: number): boolean {
    return this.role(user) === 3 || (this.role(user) === 2 && role < 2);
  }
}
