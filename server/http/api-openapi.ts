import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { scopes } from './api-keys.ts';
import { apiErrors, statusOf } from './api-problem.ts';
import type { Route } from './api-routes.ts';

/** The API as OpenAPI 3.1 describes it, from the same schemas that check its requests. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const kept = paths[path] ?? {};
    paths[path] = kept;
    kept[route.method] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Befriend', version: '1', description: 'What a site’s own back end can do; see docs/api.md.' },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key of BEFRIEND_API_KEYS.' } },
      schemas: { Problem: problem },
    },
  };
}

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
  },
} as const;

/** What any request may come to beside its success. */
const failures: Readonly<Record<string, string>> = {
  [apiErrors.unauthorized.status]: 'No key, or one that is not known any more',
  [apiErrors.forbidden.status]: 'The key is not for this',
  [statusOf('not_found')]: 'There is no such thing',
  [statusOf('id_reused')]: 'It does not go with what stands already',
  [statusOf('too_large')]: 'Longer than 64 KiB',
  [statusOf('schema')]: 'Not as it is described here; detail names the key',
  [statusOf('rate')]: 'Too fast; Retry-After says when',
  [statusOf('storage')]: 'Not now; Retry-After says when',
};

function operation({ method, path, scope, does, body, query, status, answer }: Route): object {
  const refused = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const content =
    answer === 'lines'
      ? { 'application/jsonl': { schema: { type: 'string' } } }
      : { 'application/json': { schema: schemaOf(answer) } };
  const failed = Object.entries(failures).map(([code, description]) => [code, { description, content: refused }]);
  return {
    operationId: `${method}${path.replace(/[/:]+(\w)/g, (_, first: string) => first.toUpperCase())}`,
    summary: does,
    description: `Scope \`${scope}\`: ${scopes[scope]}.`,
    parameters: [
      ...namesIn(path).map(inPath),
      ...(query === undefined ? [] : inQuery(query)),
      ...(method === 'get' ? [] : [idempotency]),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } }),
    responses: { [status]: { description: 'Done', content }, ...Object.fromEntries(failed) },
  };
}

const idempotency = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same for the same request: it is done once.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
} as const;

function namesIn(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
}

function inPath(name: string): object {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

function inQuery(query: GenericSchema): object[] {
  const { properties = {} } = schemaOf(query) as { properties?: Record<string, object> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function schemaOf(shape: GenericSchema): object {
  const { $schema: _, ...schema } = toJsonSchema(shape, { errorMode: 'ignore', typeMode: 'input' });
  return schema;
}
