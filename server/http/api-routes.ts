import * as v from 'valibot';
import { limits } from '../../protocol/limits.ts';
import type { Call } from './api-call.ts';
import { exported, history, related, replied, sent, unrelated, unscheduled } from './api-doings.ts';
import type { Scope } from './api-keys.ts';
import { Problem } from './api-problem.ts';
import { answers, bodies, queries } from './api-shapes.ts';

type Shape = v.GenericSchema;

/** One request of the API. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/api/v1`; a name after a colon is one part of the address. */
  readonly path: string;
  /** What the key must be for; what else it needs is asked in `run`. */
  readonly scope: Scope;
  readonly does: string;
  readonly body?: Shape;
  readonly query?: Shape;
  /** Of the success. */
  readonly status: number;
  readonly answer: Shape | 'lines';
  run(call: Call, given: { readonly body: unknown; readonly query: unknown }): Promise<unknown>;
}

type Of<S extends Shape> = v.InferOutput<S>;

function route<B extends Shape = typeof answers.nothing, Q extends Shape = typeof answers.nothing>(
  route: Omit<Route, 'run' | 'body' | 'query'> & {
    readonly body?: B;
    readonly query?: Q;
    run(call: Call, given: { readonly body: Of<B>; readonly query: Of<Q> }): Promise<unknown>;
  },
): Route {
  return route as unknown as Route;
}

const user = (call: Call): string => call.params.user ?? '';

/** Everything that the API can do. */
export const routes: readonly Route[] = [
  route({
    ...{ method: 'post', path: '/messages', scope: 'send', status: 201, answer: answers.taken, body: bodies.message },
    does: 'Sends a message as the bot of the key, or as the user `as` (scope `act`); with `at` it is sent then',
    run: (call, { body }) => sent(call, body),
  }),
  route({
    ...{ method: 'delete', path: '/messages/scheduled/:id', scope: 'send', status: 200, answer: answers.nothing },
    does: 'Takes back what was to be sent later and was not sent yet',
    run: unscheduled,
  }),
  route({
    ...{ method: 'get', path: '/conversations/:conversation/messages', scope: 'read', status: 200 },
    ...{ answer: answers.history, query: queries.history },
    does: 'Reads a conversation by pages, the newest first asked for; with `as` what that user may see',
    run: (call, { query }) => history(call, query),
  }),
  route({
    ...{ method: 'get', path: '/users/:user', scope: 'read', status: 200, answer: answers.user },
    does: 'Says who a user is',
    run: async (call) => ({ user: await call.user(user(call)) }),
  }),
  route({
    ...{ method: 'put', path: '/users/:user', scope: 'users', status: 200, answer: answers.user, body: bodies.user },
    does: 'Sets name, picture and attributes; makes the user of a `sub:` that is new and has a name',
    async run(call, { body }) {
      await call.site('site.profile', { user: user(call), ...body }, call.id('profile'));
      return { user: await call.user(user(call)) };
    },
  }),
  route({
    ...{ method: 'get', path: '/users/:user/conversations', scope: 'read', status: 200 },
    ...{ answer: answers.conversations, query: queries.list },
    does: 'Lists the conversations of a user, the last used first',
    async run(call, { query }) {
      const { id } = await call.user(user(call));
      const { before, limit } = query;
      const asked = { ...(before === undefined ? {} : { before }), limit: Math.min(Number(limit ?? 20), limits.page) };
      return (await call.as(id, 'conversation.list', { ...asked, limit: Math.max(1, asked.limit) })).body;
    },
  }),
  route({
    ...{ method: 'post', path: '/users/:user/support', scope: 'act', status: 201, answer: answers.sent },
    body: bodies.support,
    does: 'Asks for support as a user: begins his conversation with the site, or goes on with it',
    async run(call, { body }) {
      const { id } = await call.user(user(call));
      return replied(await call.as(id, 'message.send', { conversation: 'support', text: body.text }));
    },
  }),
  route({
    ...{ method: 'put', path: '/users/:user/relations/:other', scope: 'relations', status: 200 },
    ...{ answer: answers.nothing, body: bodies.relation },
    does: 'Sets how a user stands to another; `agreed`: the other has agreed on the site',
    run: (call, { body }) => related(call, body),
  }),
  route({
    ...{ method: 'delete', path: '/users/:user/relations/:other/:slot', scope: 'relations', status: 200 },
    answer: answers.nothing,
    does: 'Ends what stands in a slot',
    run: unrelated,
  }),
  route({
    ...{ method: 'delete', path: '/users/:user', scope: 'erase', status: 202, answer: answers.erasure },
    does: 'Erases a user: begins it, or says how far it is',
    run: (call) => call.once('site.erase', { user: user(call) }, 'erase'),
  }),
  route({
    ...{ method: 'get', path: '/users/:user/erasure', scope: 'erase', status: 200, answer: answers.erasure },
    does: 'Says how far the erasure of a user, by his id, is',
    run: (call) => call.site('site.erasure', { user: user(call) }),
  }),
  route({
    ...{ method: 'get', path: '/users/:user/export', scope: 'export', status: 200, answer: 'lines' },
    does: 'Gives everything that is kept of a user, one JSON object a line',
    run: exported,
  }),
  route({
    ...{ method: 'get', path: '/webhooks', scope: 'webhooks', status: 200, answer: answers.webhooks },
    does: 'Lists the webhooks, and how they fare',
    run: (call) => call.site('webhook.list', {}),
  }),
  route({
    ...{ method: 'get', path: '/webhooks/:name/dead', scope: 'webhooks', status: 200, answer: answers.letters },
    query: queries.dead,
    does: 'Lists what could not be delivered, the oldest first',
    run: (call, { query }) => call.site('webhook.dead', { name: call.params.name, ...query }),
  }),
  route({
    ...{ method: 'post', path: '/webhooks/:name/replay', scope: 'webhooks', status: 200, answer: answers.replayed },
    body: bodies.replay,
    does: 'Lets dead letters be delivered again, those that are named or the oldest 100',
    run: (call, { body }) => call.once('webhook.replay', { name: call.params.name, ...body }, 'replay'),
  }),
];

/** What a schema finds in a body or a query. @throws Problem `schema` that names the key */
export function checked(shape: Shape | undefined, value: unknown, where: string): unknown {
  const read = v.safeParse(shape ?? v.strictObject({}), value);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new Problem('schema', `${[where, v.getDotPath(issue) ?? ''].filter(Boolean).join('.')}: ${issue.message}`);
}
