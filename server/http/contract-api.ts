import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { Stage, type StageOptions } from '../bin/contract-stage.ts';
import { type ApiOptions, apiRoutes } from './api.ts';
import { keysOf, scopes } from './api-keys.ts';

/** A key that is good for everything, one that only sends, and one that only reads. */
export const keys = { all: 'k-all-0123456789abcdef', send: 'k-send-0123456789abcdef', read: 'k-read-0123456789abcdef' };

function hashed(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

const file = `# keys of a test
shop ${hashed(keys.all)} ${Object.keys(scopes).join(',')}
news ${hashed(keys.send)} send bot=herald
books ${hashed(keys.read)} read
`;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** A friend whose API is served. */
export interface ApiScene {
  readonly stage: Stage;
  readonly app: Hono;
  /** Takes keys away, or gives others. */
  readonly keep: (text: string) => void;
  ask(
    method: string,
    path: string,
    body?: unknown,
    more?: { key?: string; id?: string; raw?: string },
  ): Promise<Answer>;
}

/** Serves the API of a new friend. */
export async function apiScene(options: StageOptions = {}, api: Partial<ApiOptions> = {}): Promise<ApiScene> {
  const stage = await Stage.open(options);
  let kept = keysOf(file);
  const app = new Hono();
  const { clock, random, friend } = stage;
  const failed = (error: unknown): never => {
    throw error;
  };
  const inject = friend.inject.bind(friend);
  apiRoutes(app, { inject, clock, random, keys: () => kept, failed, ...api });
  return {
    stage,
    app,
    keep: (text) => {
      kept = keysOf(text);
    },
    async ask(method, path, body, { key = keys.all, id, raw } = {}) {
      const headers = { Authorization: `Bearer ${key}`, ...(id === undefined ? {} : { 'Idempotency-Key': id }) };
      const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const asked = text === undefined ? { method, headers } : { method, headers, body: text };
      const response = await app.request(`/api/v1${path}`, asked);
      const answer = await response.text();
      const isJson = /json(;|$)/.test(response.headers.get('Content-Type') ?? '');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(answer) : { answer } };
    },
  };
}
