import type { Trace } from '../../../server/core/trace.ts';

/** Names and connections that are kept. */
const most = 500;

/** How deep a body is searched for people. */
const deepest = 8;

/** The names of users, and whose a connection is, as far as a friend's steps have said. */
export class Known {
  readonly #names = new Map<string, string>([['friend', 'the friend']]);
  readonly #users = new Map<string, string>();

  nameOf(user: string | undefined): string | undefined {
    return user === undefined ? undefined : this.#names.get(user);
  }

  /** The user at a full JID. */
  userAt(jid: string): string | undefined {
    return this.#users.get(jid);
  }

  /** Takes what one step says of people. */
  learn(step: Trace): void {
    if (step.kind === 'action' && step.user !== undefined) keep(this.#users, step.from, step.user);
    if (step.kind === 'stored') this.#look(JSON.parse(step.fact.body), 0);
    if (step.kind !== 'told') return;
    const { events } = JSON.parse(step.frame) as { readonly events: readonly { type: string; body: unknown }[] };
    for (const { type, body } of events) {
      this.#look(body, 0);
      const user = type === 'connection.opened' ? personIn((body as { user?: unknown }).user) : undefined;
      if (user !== undefined) keep(this.#users, step.to, user.id);
    }
  }

  #look(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null || depth > deepest) return;
    const person = personIn(value);
    if (person !== undefined) keep(this.#names, person.id, person.name);
    for (const inner of Object.values(value)) this.#look(inner, depth + 1);
  }
}

function personIn(value: unknown): { readonly id: string; readonly name: string } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, name } = value as { readonly id?: unknown; readonly name?: unknown };
  return typeof id === 'string' && id.startsWith('u_') && typeof name === 'string' ? { id, name } : undefined;
}

function keep(map: Map<string, string>, key: string, value: string): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
}
