import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Person } from '../../protocol/facts.ts';
import type { Item, View } from '../core/view.ts';
import { drawLauncher } from '../embed/launcher.ts';
import { parts } from '../theme/parts.ts';
import type { Feature } from './env.ts';
import { ann, clearStages, me, message, messages, type Stage, stage, viewOf } from './stage.test.tsx';

afterEach(clearStages);

const soon = { timeout: 10_000 };
const every: Feature[] = ['people', 'groups', 'presence', 'profile', 'files', 'reactions', 'search'];
const bea: Person = { id: 'bea', name: 'Bea', kind: 'user', verified: true };

function opened(view: View): Stage {
  return stage(view, 'en', every);
}

/** All that a page can name in a root. */
function partsIn(root: ParentNode): string[] {
  return [...root.querySelectorAll('[part]')].flatMap((element) => [...element.part]);
}

/** Messages with what else they can have. */
function richly(): Item[] {
  const yes = { id: 'yes', label: 'Yes' };
  const offers = {
    reactions: { '👍': ['ann'] },
    buttons: [yes],
    cards: [{ title: 'Tea' }],
    form: { fields: [{ id: 'order', label: 'Order', kind: 'text' }] },
    files: [{ id: 'f_1', name: 'a.pdf', type: 'application/pdf', size: 3 }],
  };
  return [...messages(1, 40), { ...message(41, 'ann', 'Well?'), extras: offers } as Item, message(42, 'me', 'Hm')];
}

test('names every part that is promised, and no other', async () => {
  const found = new Set<string>();
  const look = (root: ParentNode): void => {
    for (const part of partsIn(root)) found.add(part);
  };
  const until = async ({ root }: Stage, ...wanted: string[]): Promise<void> => {
    await expect.poll(() => partsIn(root), soon).toEqual(expect.arrayContaining(wanted));
    look(root);
  };
  for (const side of ['start', 'end']) {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    root.append(drawLauncher(root, 'Chat', side, () => {}).button);
    look(root);
  }

  const chat = opened(
    viewOf(
      { items: richly(), typing: ['ann'] },
      {
        composing: { ref: 'support', reply: 41 },
        list: ['c_1'],
        listed: true,
        notice: { wish: 'message.react', code: 'too_many' },
      },
    ),
  );
  await until(chat, 'reaction', 'choice', 'card', 'form', 'file', 'strip', 'notice', 'author');
  await userEvent.type(chat.one('textarea'), 'Hello');
  chat.one('.log').scrollTop = 0;
  await until(chat, 'jump', 'send');
  await userEvent.click(chat.one('.header .tool[aria-expanded]'));
  await until(chat, 'menu');
  await until(opened(viewOf({})), 'empty');
  await until(opened(viewOf({}, { screen: { at: 'list' }, list: ['c_1'], listed: true })), 'conversation', 'search');
  const related = { bea: { person: bea, relations: [{ slot: 'closeness', kind: 'contact', own: true, since: 0 }] } };
  const people = { me, ann, bea };
  const card = opened(
    viewOf({}, { screen: { at: 'people' }, related, relatedListed: true, people, refs: { support: 'c_1' } }),
  );
  await until(card, 'person', 'back', 'action');
  card.panel.update(viewOf({}, { screen: { at: 'person', user: 'bea' }, people }));
  await expect.poll(() => card.all('.acts .do'), soon).toHaveLength(2);
  for (const act of card.all('.acts .do')) await userEvent.click(act);
  await until(card, 'sheet');

  expect([...found].sort()).toEqual(Object.keys(parts).sort());
});

test('lets a page style a part, and one’s own bubbles apart from another’s', () => {
  const { root, all } = opened(viewOf({ items: [message(1, 'ann'), message(2, 'me')] }));
  const sheet = document.head.appendChild(document.createElement('style'));
  root.host.id = 'skinned';

  sheet.textContent = '#skinned::part(bubble own) { text-decoration: overline } #skinned::part(send) { opacity: 0.5 }';

  const lines = all('.bubble').map((bubble) => getComputedStyle(bubble).textDecorationLine);
  expect(lines).toEqual(['none', 'overline']);
  sheet.remove();
});
