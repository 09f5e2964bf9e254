import * as v from 'valibot';
import { expect, test } from 'vitest';
import { type ToolAsking, tool } from './tool.ts';

const asking = {} as ToolAsking;
const schema = v.strictObject({ text: v.string() });

test('makes the body of a protocol’s action, and none that the protocol would not take', () => {
  const saying = tool({
    name: 'say',
    description: 'Says something in the lobby.',
    schema,
    action: 'message.send',
    body: ({ text }) => ({ conversation: 'room:lobby', text }),
  });

  const made = saying.acts?.body({ text: 'Hello' }, asking);

  expect(made).toEqual({ conversation: 'room:lobby', text: 'Hello' });
  expect(() => saying.acts?.body({ text: 'x'.repeat(9_000) }, asking)).toThrow('text');
});

test.each([
  'user.identify',
  'user.logout',
  'device.revoke',
  'invite.accept',
  'connection.open',
  'site.erase',
  'ask.over',
  'webhook.list',
  'profile.set',
])('lets no model do %s', (action) => {
  expect(() => tool({ name: 'x', description: 'x', schema, action })).toThrow('FRIEND_AI');
});

test.each<[string, { name?: string; description?: string; schema?: v.GenericSchema }]>([
  ['a name with spaces', { name: 'cancel order' }],
  ['no description', { description: ' ' }],
  ['arguments that are no object', { schema: v.string() }],
])('takes no tool with %s', (_, given) => {
  expect(() =>
    tool<v.GenericSchema>({ name: 'x', description: 'x', schema, action: 'order.cancel', ...given }),
  ).toThrow('FRIEND_AI');
});
