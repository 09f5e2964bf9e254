import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { AnyFact } from '../../../protocol/facts.ts';
import type { View } from '../../core/view.ts';
import { en } from '../../i18n/en.ts';
import { enMessage } from '../../i18n/en-message.ts';
import { type Asks, clearStages, message, named, rich, type Stage, soon, stage, viewOf } from '../stage.test.tsx';

afterEach(clearStages);

/** A panel in which one can react. */
function staged(view: View, asks?: Asks): Stage {
  return stage(view, 'en', ['people', 'groups', 'reactions'], asks);
}

test('draws what the marks in a message mean, and copies what was typed without them', async () => {
  const { one } = staged(viewOf({ items: [message(1, 'ann', 'so *bold* _it_ ~no~ `x`\n> quote\n- item')] }));

  await expect.poll(() => one('.bubble').querySelector('strong')?.textContent, soon).toBe('bold');

  const kinds = [...one('.bubble').querySelectorAll('strong, em, s, code, blockquote, li')];
  expect(kinds.map(({ localName, textContent }) => `${localName} ${textContent}`)).toEqual([
    'strong bold',
    'em it',
    's no',
    'code x',
    'blockquote quote',
    'li item',
  ]);
});

test('leads from a name in a message to who that is, and marks one’s own', async () => {
  const { acts, all, one } = staged(
    viewOf({ items: [rich(1, 'Ask @Ann Keller, @Guest', { mentions: ['ann', 'me'] })] }),
  );
  await expect.poll(() => all('.mention'), soon).toHaveLength(2);

  await userEvent.click(one('.mention'));

  expect(named(acts, 'screen.show')).toEqual([{ at: 'person', user: 'ann' }]);
  expect(all('.mention.mine').map(({ textContent }) => textContent)).toEqual(['@Guest']);
});

test('shows the message that is answered, and leads to it', async () => {
  const items = [message(1, 'me', 'Is it *blue*?'), rich(2, 'Yes', { reply: 1 })];
  const { acts, all, one } = staged(viewOf({ items }));
  await expect.poll(() => all('.quoted'), soon).toHaveLength(1);

  await userEvent.click(one('.quoted'));

  expect(one('.quoted .line').textContent).toBe('Is it blue?');
  expect(one('.quoted .speaker').textContent).toBe(en.you);
  expect(named(acts, 'history.reach')).toEqual([{ ref: 'support', seq: 1 }]);
});

test('asks once for an answered message that is not held, however many answer it', async () => {
  const asked: unknown[] = [];
  const head = { type: 'log.paged', at: 1, body: { log: 'c_1', after: 2, to: 3, more: true, people: [] } } as AnyFact;
  const fact = { type: 'message.sent', at: 1, by: 'ann', log: 'c_1', seq: 3, body: { text: 'Long ago' } } as AnyFact;
  const items = [rich(90, 'Yes', { reply: 3 }), rich(91, 'No', { reply: 3 })];

  const { all } = staged(viewOf({ items, more: true }), (type, body) => {
    asked.push([type, body]);
    return type === 'log.read' ? [head, fact] : [];
  });
  await expect
    .poll(() => all('.quoted .line').map(({ textContent }) => textContent), soon)
    .toEqual(['Long ago', 'Long ago']);

  expect(asked.filter((one) => Array.isArray(one) && one[0] === 'log.read')).toEqual([
    ['log.read', { log: 'c_1', before: 4, limit: 1 }],
  ]);
});

test('asks anew for an answered message that was refused for now', async () => {
  const items = [rich(90, 'Yes', { reply: 3 })];
  const busy = { type: 'error', at: 1, body: { code: 'busy', advice: '' } } as AnyFact;
  const head = { type: 'log.paged', at: 1, body: { log: 'c_1', after: 2, to: 3, more: true, people: [] } } as AnyFact;
  const fact = { type: 'message.sent', at: 1, by: 'ann', log: 'c_1', seq: 3, body: { text: 'Long ago' } } as AnyFact;
  const answers = [[busy], [head, fact]];
  const { one, panel } = staged(viewOf({ items, more: true }), () => answers.shift() ?? []);
  await expect.poll(() => one('.quoted').textContent, soon).toBe(enMessage.gone);

  panel.update(viewOf({ items, more: true }, { link: { state: 'waiting', before: true } }));
  panel.update(viewOf({ items, more: true }));

  await expect.poll(() => one('.quoted').textContent, soon).toContain('Long ago');
});

test('says who has set an emoji, and sets one’s own at once, before the friend has answered', async () => {
  const reactions = { '👍': ['ann', 'bob', 'cem', 'dan'], '🎉': ['me'] };
  const people = Object.fromEntries(
    ['ann', 'bob', 'cem', 'dan', 'me'].map((id) => [id, { id, name: id, kind: 'user', verified: true }] as const),
  );
  const { acts, all, one } = staged(viewOf({ items: [rich(4, 'Good', { reactions })] }, { people }));
  await expect.poll(() => all('.chip'), soon).toHaveLength(2);
  expect(one('.chip').getAttribute('title')).toBe('ann, bob, cem, and 1 other');

  await userEvent.click(one('.chip'));

  expect(named(acts, 'wish')).toEqual([
    { type: 'message.react', body: { conversation: 'c_1', seq: 4, emoji: '👍', on: true } },
  ]);
  expect(one('.chip').getAttribute('aria-pressed')).toBe('true');
  expect(one('.chip').getAttribute('title')).toBe('You, ann, bob, and 2 others');
});

test('takes an emoji back that the friend has refused', async () => {
  const items = [rich(4, 'Good', { reactions: { '👍': ['ann'] } })];
  const { all, one, panel } = staged(viewOf({ items }));
  await expect.poll(() => all('.chip'), soon).toHaveLength(1);
  await userEvent.click(one('.chip'));

  panel.update(viewOf({ items }, { notice: { wish: 'message.react', code: 'rate' } }));

  await expect.poll(() => one('.chip').getAttribute('aria-pressed'), soon).toBe('false');
});
