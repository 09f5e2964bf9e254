import type { Stack } from '../fixtures/stack.ts';
import { expect, test } from '../fixtures/test.ts';

/** Asks the friend's HTTP API as the site's back end does. */
async function ask(stack: Stack, method: string, path: string, body?: object): Promise<[number, never]> {
  const headers = { Authorization: `Bearer ${stack.apiKey}` };
  const asked = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${stack.origin}/api/v1${path}`, asked);
  return [response.status, (await response.json()) as never];
}

test('the site’s back end answers a visitor, reads what he says, and erases him', async ({ joins, stack }) => {
  const visitor = await joins('support', 'Viola');
  await visitor.says('Where is my parcel?');
  await visitor.sent('Where is my parcel?');
  const { page } = visitor;
  await page.evaluate(
    ([token]) => (globalThis as never as { befriend: (...call: unknown[]) => void }).befriend('identify', token),
    [stack.token('viola', { name: 'Viola' })],
  );
  await visitor.reads('Where is my parcel?');
  await expect.poll(async () => (await ask(stack, 'GET', '/users/sub:viola'))[0]).toBe(200);

  const [, { user }] = (await ask(stack, 'GET', '/users/sub:viola')) as [number, { user: { id: string } }];
  const [, { conversations }] = (await ask(stack, 'GET', '/users/sub:viola/conversations')) as [
    number,
    { conversations: [{ id: string }] },
  ];
  const [{ id }] = conversations;
  const [sent] = await ask(stack, 'POST', '/messages', { conversation: id, text: 'It is on its way.' });
  await visitor.reads('It is on its way.');
  await visitor.says('Thank you!');
  await visitor.sent('Thank you!');
  const [, { facts }] = (await ask(stack, 'GET', `/conversations/${id}/messages`)) as [
    number,
    { facts: { type: string; body: { text: string } }[] },
  ];
  const [erased] = await ask(stack, 'DELETE', '/users/sub:viola');
  await expect
    .poll(async () => (await ask(stack, 'GET', `/users/${user.id}/erasure`))[1])
    .toMatchObject({ state: 'erased' });
  const [, left] = (await ask(stack, 'GET', `/conversations/${id}/messages`)) as [
    number,
    { facts: { body: { text?: string } }[] },
  ];

  const said = facts.filter(({ type }) => type === 'message.sent').map(({ body }) => body.text);
  expect([sent, erased, said]).toEqual([201, 202, ['Where is my parcel?', 'It is on its way.', 'Thank you!']]);
  expect(JSON.stringify(left)).not.toMatch(/parcel|Thank you|Viola/);
  expect(JSON.stringify(left)).toContain('It is on its way.');
});
