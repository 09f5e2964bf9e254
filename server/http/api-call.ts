import { createHash } from 'node:crypto';
import type { AnyFact } from '../../protocol/facts.ts';
import { uuidv7 } from '../../protocol/ids.ts';
import type { Friend } from '../core/friend.ts';
import type { Clock, Random } from '../core/ports.ts';
import type { ApiKey, Scope } from './api-keys.ts';
import { isErrorCode, Problem } from './api-problem.ts';

/** The friend, as the API needs it. */
export interface ApiPorts {
  readonly inject: Friend['inject'];
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
}

/** Nobody: what the site itself does is by no user. */
const nobody = `u_site${'0'.repeat(16)}`;

/** A user as the site is told of him. */
export interface ApiUser {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly verified: boolean;
  readonly avatar?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** One request whose key is good, and what a route may do for it. */
export class Call {
  readonly key: ApiKey;
  readonly params: Readonly<Record<string, string>>;
  readonly #ports: ApiPorts;
  readonly #idempotency: string | undefined;

  constructor(ports: ApiPorts, key: ApiKey, params: Readonly<Record<string, string>>, idempotency?: string) {
    this.#ports = ports;
    this.key = key;
    this.params = params;
    this.#idempotency = idempotency;
  }

  get now(): number {
    return this.#ports.clock.now();
  }

  /** The id of an action of this request: the same for the same `Idempotency-Key`. `part`: which of several. */
  id(part = ''): string {
    if (this.#idempotency === undefined) return uuidv7(this.now, this.#ports.random.bytes(10));
    const hash = createHash('sha256')
      .update(JSON.stringify([this.key.name, this.#idempotency, part]))
      .digest('hex');
    const place = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`];
    return [...place, hash.slice(20, 32)].join('-');
  }

  /** @throws Problem `forbidden` */
  needs(scope: Scope): void {
    if (!this.key.scopes.has(scope)) throw new Problem('forbidden', `this needs the scope ${scope}`);
  }

  /** Does something as a user. @throws Problem that says why not */
  async as(user: string, type: string, body: unknown, id: string = this.id(type)): Promise<AnyFact> {
    const answer = await this.#ports.inject(user, { id, type, at: this.now, body });
    if (answer.type !== 'error') return answer;
    const { code, detail, retryAfter } = answer.body;
    throw new Problem(isErrorCode(code) ? code : 'failed', detail, retryAfter);
  }

  /** Asks something as the site; resolves with the body of the answer. @throws Problem */
  async site<T>(type: string, body: unknown, id?: string): Promise<T> {
    return (await this.as(nobody, type, body, id ?? uuidv7(this.now, this.#ports.random.bytes(10)))).body as T;
  }

  /**
   * Asks what changes something, and is told the same in a repeat. `part`: which of several the request does.
   * @throws Problem; `id_reused` where the answer is not kept any more
   */
  async once<T>(type: string, body: unknown, part: string): Promise<T> {
    const id = this.id(part);
    const answer = await this.as(nobody, type, body, id);
    if (answer.type !== 'ack') return answer.body as T;
    try {
      return (await this.site<{ body: T }>('site.answered', { id })).body;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not_found') throw error;
      throw new Problem('id_reused', 'it was done, longer ago than its answer is kept');
    }
  }

  /** @throws Problem `not_found` */
  async user(ref: string): Promise<ApiUser> {
    return (await this.site<{ user: ApiUser }>('site.find', { user: ref })).user;
  }

  /** Who speaks: the bot of the key, or the user that is named. @throws Problem `forbidden`, `not_found` */
  async speaker(as: string | undefined): Promise<ApiUser> {
    if (as === undefined || as === `bot:${this.key.bot}`) {
      return (await this.site<{ user: ApiUser }>('site.bot', { name: this.key.bot })).user;
    }
    this.needs('act');
    return this.user(as);
  }
}
