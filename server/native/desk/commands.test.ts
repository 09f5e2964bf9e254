import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { commands, help, type Scene, unknown } from './commands.ts';
import { cardWith, caseOf, DeskLine, sunday } from './contract-desk.ts';
import { Desk } from './desk.ts';

const conversation = 'c_support_vera';
const said: string[] = [];

/** Types a command into Vera's chat, or as `more` has it; what was answered. */
function types(command: string, line: DeskLine, more: Partial<Scene> = {}): Promise<string> {
  const [name = '', ...rest] = command.split(' ');
  const scene: Scene = {
    desk: new Desk(line),
    ...{ me: 'u_kim', now: sunday, zone: 'UTC', rest: rest.join(' '), conversation, listed: [] },
    list: () => undefined,
    once: () => Promise.resolve('an-id'),
    say: (_, text) => Promise.resolve(void said.push(text)),
    ...more,
  };
  return commands[name]?.run(scene) ?? Promise.resolve(unknown(name));
}

test.each([
  ['note She pays by card.', ['desk.note', { conversation, text: 'She pays by card.' }, 'an-id'], 'Noted.'],
  ['close', ['desk.close', { conversation }], 'Closed.'],
  ['reopen', ['desk.reopen', { conversation }], 'It is open again.'],
  ['snooze 2h', ['desk.snooze', { conversation, until: sunday + 7_200_000 }], 'set aside for 2 hours'],
  ['transfer lea', ['desk.assign', { conversation, to: 'u_lea' }], 'Lea Lang has it now.'],
  ['transfer @Lea Lang', ['desk.assign', { conversation, to: 'u_lea' }], 'Lea Lang has it now.'],
  ['transfer help-de', ['desk.move', { conversation, queue: 'help-de' }], 'It waits in Hilfe now.'],
  ['invite leo', ['desk.invite', { conversation, user: 'u_leo' }], 'Leo was asked in.'],
  ['away', ['desk.available', { available: false }], 'You take no new cases.'],
  ['back', ['desk.available', { available: true }], 'You take new cases again.'],
])('makes a wish of /%s', async (command, wish, answer) => {
  const line = new DeskLine();

  const told = await types(command, line);

  expect(told).toContain(answer);
  expect(line.wished).toEqual([wish]);
});

test.each([
  ['note', 'Type the note'],
  ['snooze later', 'Type a span'],
  ['transfer le', 'Several are called so: Lea Lang, Leo.'],
  ['transfer', 'Say to whom: Kim, Lea Lang, Leo, Sales, Hilfe.'],
  ['transfer nobody', 'Nobody is called so'],
  ['invite sales', 'Nobody is called so: Kim, Lea Lang, Leo.'],
  ['take nine', 'Type /take, /take 2'],
  ['take 3', 'No case has this number'],
  ['canned nothing', 'no canned answer of this name'],
  ['cases nonsense', 'Type one of these'],
])('wishes nothing of /%s, and says why', async (command, answer) => {
  const line = new DeskLine();

  const told = await types(command, line);

  expect(told).toContain(answer);
  expect(line.wished).toEqual([]);
});

test.each(['transfer lea', 'invite leo', 'note x', 'snooze 2h', 'close', 'reopen', 'who', 'take'])(
  'says outside the chat of a case that /%s belongs there',
  async (command) => {
    const line = new DeskLine();

    const told = await types(command, line, { conversation: undefined } as unknown as Partial<Scene>);

    expect(told).toContain('in the chat of a case');
    expect(line.asked).toEqual([]);
  },
);

test.each<[ErrorCode, string]>([
  ['too_late', 'Somebody else was quicker'],
  ['not_found', 'no such case for you'],
  ['unknown_type', 'This site has no desk'],
  ['storage', 'Try again'],
])('says in words why something was not done: %s', async (code, answer) => {
  expect(await types('close', new DeskLine({}, code))).toContain(answer);
});

test('takes what nobody has, and from a colleague only where that is said', async () => {
  const free = new DeskLine({ 'desk.case': cardWith(caseOf()) });
  const leas = new DeskLine({ 'desk.case': cardWith(caseOf({ state: 'assigned', assignee: 'u_lea' })) });

  const answers = [await types('take', free), await types('take', leas), await types('take over', leas)];

  expect(answers[0]).toBe('Vera is yours. Asked 5 minutes ago.');
  expect(answers[1]).toBe('Lea Lang has this case. /take over takes it over.');
  expect(free.wished).toEqual([['desk.take', { conversation }]]);
  expect(leas.wished).toEqual([['desk.take', { conversation, from: 'u_lea' }]]);
});

test('numbers what waits, and takes it by its number', async () => {
  const cases = [
    caseOf({ line: { by: 'u_vera', text: 'Is it\nsafe?', at: 0 } }),
    caseOf({ conversation: 'c_support_v2', visitor: { user: 'u_v2', name: 'Viktor', verified: true }, topic: 'price' }),
  ];
  const line = new DeskLine({ 'desk.listed': { cases }, 'desk.case': cardWith(caseOf()) });
  let listed: readonly string[] = [];
  const list = (conversations: readonly string[]): void => {
    listed = conversations;
  };

  const told = await types('cases', line, { list });
  await types('take 2', line, { listed });

  expect(told.split('\n')).toEqual([
    '1. Vera (sales, 5 minutes): Is it safe?',
    '2. Viktor (sales, price, 5 minutes)',
    '/take 1 takes the first.',
  ]);
  expect(line.wished).toEqual([['desk.take', { conversation: 'c_support_v2' }]]);
});

test('shows who has a case, where it stands, and all that is known of the visitor', async () => {
  const one = caseOf({ state: 'assigned', assignee: 'u_lea', invited: ['u_kim'], topic: 'price', language: 'de' });
  const card = cardWith(one, {
    before: 2,
    page: { url: 'https://shop.example/cart', title: 'Cart', at: sunday - 60_000, referrer: 'https://search.example' },
    attributes: { items: 3 },
    signed: { plan: 'gold' },
    notes: [{ conversation, text: 'Be kind', by: 'u_leo', at: 0, seq: 1 }],
  });

  const told = await types('who', new DeskLine({ 'desk.case': card }));

  expect(told.split('\n')).toEqual([
    'Vera (nobody has signed this name)',
    'Lea Lang has this case in sales, for 5 minutes.',
    'Asked in: you',
    'Topic: price',
    'Language: de',
    'Page: Cart – https://shop.example/cart (1 minute ago)',
    'Came from: https://search.example',
    'Signed by the site: plan: gold',
    'The page says: items: 3',
    'Has asked 2 times before.',
    'Note by Leo: Be kind',
  ]);
});

test('sends a canned answer to the visitor, and lists them', async () => {
  const line = new DeskLine();

  const answers = [await types('canned', line), await types('canned Hours', line)];

  expect(answers).toEqual(['/canned hours – When we are open', 'Sent:\nFrom nine to five.']);
  expect(said).toEqual(['From nine to five.']);
});

test('says of every command what it does, and names them all to who types another', () => {
  const names = Object.keys(commands);

  const [all, wrong] = [help(), unknown('tkae')];

  for (const name of names) expect(all).toContain(`/${name}`);
  for (const name of names) expect(wrong).toContain(`/${name}`);
  expect(wrong).toContain('//tkae');
});

test('keeps an answer within what one message shows', async () => {
  const many = Array.from({ length: 50 }, () => caseOf({ topic: '🌍'.repeat(140) }));

  const told = await types('cases', new DeskLine({ 'desk.listed': { cases: many } }));

  expect(told.length).toBeLessThanOrEqual(6_000);
  expect(told.isWellFormed()).toBe(true);
});
