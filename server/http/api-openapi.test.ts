import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { routes } from './api-routes.ts';
import { apiScene } from './contract-api.ts';

test('describes itself as OpenAPI 3.1, with every request that there is', async () => {
  const { app } = await apiScene();

  const document = await (await app.request('/api/v1/openapi.json')).json();
  const { valid, errors } = await new Validator().validate(document);

  expect({ valid, errors }).toMatchObject({ valid: true });
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method} ${path}`),
  );
  expect(described.sort()).toEqual(
    routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort(),
  );
  expect(
    document.paths['/messages'].post.requestBody.content['application/json'].schema.properties.text.maxLength,
  ).toBe(8_000);
  const answered = document.paths['/messages'].post.responses['201'].content['application/json'].schema;
  expect(answered.anyOf.map((one: { required: string[] }) => one.required)).toEqual([
    ['conversation', 'seq', 'at', 'id'],
    ['scheduled', 'at'],
  ]);
});
