import { expect, test } from 'vitest';
import { Account, friend, rest } from '../../bin/contract-account.ts';
import { type Device, Stage, type StageOptions, textsOf } from '../../bin/contract-stage.ts';
import type { StanzaTree } from '../../core/ports.ts';
import { element, elementsOf } from '../tree.ts';
import { adHoc } from './ad-hoc-nodes.ts';

const accounts = { hosts: ['example.com'], colleagues: ['kim@example.com', 'lea@example.com'] };
/** A desk that gives cases to colleagues, least busy first. */
const given = { queues: [{ id: 'sales', name: 'Sales' }], rating: false };

interface Scene {
  readonly stage: Stage;
  readonly kim: Account;
  readonly lea: Account;
  readonly vera: Device;
  readonly log: string;
  readonly chat: string;
}

/** Kim is there, and Lea comes after Vera has asked. */
async function asked(desk?: StageOptions['desk']): Promise<Scene> {
  const stage = await Stage.open({ accounts, ...(desk === undefined ? {} : { desk }) });
  const [kim, lea] = [new Account(stage, 'kim@example.com'), new Account(stage, 'lea@example.com')];
  await comes(stage, kim);
  const vera = await stage.named('vera', 'Vera');
  await vera.says('support', 'Is it safe?');
  await settled(stage);
  await comes(stage, lea);
  const log = `c_support_${vera.user.slice(2)}`;
  return { stage, kim, lea, vera, log, chat: `${log}@${friend}` };
}

/** Lets what the desk does in a second happen. */
async function settled(stage: Stage): Promise<void> {
  await rest();
  stage.clock.advance(1_100);
  await rest();
}

async function comes(stage: Stage, account: Account): Promise<void> {
  account.comes();
  await settled(stage);
}

async function types(stage: Stage, account: Account, to: string, text: string): Promise<string> {
  account.says(to, text);
  await settled(stage);
  return account.texts.at(-1) ?? '';
}

/** What somebody was told in the chat of a case. */
function told(account: Account, log: string): string[] {
  return account.texts.flatMap((text) => (text.startsWith(`${log}: `) ? text.slice(log.length + 2) : []));
}

test('sets a case aside until nine by the clock of the desk', async () => {
  const hours = { zone: 'Asia/Tokyo', week: { thu: [['08:00', '18:00']] } } as const;
  const { stage, kim, log, chat } = await asked({ ...given, hours });

  await types(stage, kim, chat, '/snooze tomorrow');

  // It is Thursday, 9:00 in Tokyo, when the stage opens.
  const kept = JSON.parse((await stage.store.state('desk', 'case', log)) ?? '{}') as object;
  expect(kept).toMatchObject({ state: 'snoozed', until: Date.parse('1970-01-02T09:00+09:00') });
});

test('gives a case to one colleague, and with /transfer its whole chat to another', async () => {
  const { stage, kim, lea, vera, log, chat } = await asked(given);
  const before = told(lea, log);
  await types(stage, kim, chat, 'Let me ask Lea.');

  await types(stage, kim, chat, '/transfer lea');
  await vera.says('support', 'Thanks');
  await settled(stage);

  expect(before).toEqual([]);
  expect(told(kim, log)).toEqual([
    'Befriend: You have this case now (sales). /who says more, /help what you can do.',
    'Vera: Is it safe?',
    'Befriend: lea has it now.',
  ]);
  expect(told(lea, log)).toEqual([
    'Befriend: You have this case now (sales). /who says more, /help what you can do.',
    'Vera: Is it safe?',
    'kim: Let me ask Lea.',
    'Vera: Thanks',
  ]);
});

test('tells all who may take it what waits, and from then on only who has taken it', async () => {
  const { stage, kim, lea, vera, log } = await asked();

  await types(stage, lea, friend, '/cases');
  await types(stage, lea, friend, '/take 1');
  await vera.says('support', 'Hello?');
  await settled(stage);

  expect(lea.texts.at(-3)).toContain('1. Vera (support, less than a minute): Is it safe?');
  expect(told(kim, log)).toEqual(['Vera: Is it safe?', 'Befriend: lea has this case now.']);
  expect(told(lea, log)).toEqual(['Vera: Is it safe?', 'Vera: Hello?']);
});

test('tells a note to who was asked in, after he was away too, and never to the visitor', async () => {
  const { stage, kim, lea, vera, log, chat } = await asked(given);
  await types(stage, kim, chat, '/note she is a regular');

  await types(stage, kim, chat, '/invite lea');
  lea.leaves();
  await settled(stage);
  await types(stage, kim, chat, '/note be kind');
  await comes(stage, lea);
  await vera.ask('conversation.open', { conversation: 'support' });

  const notes = told(lea, log).filter((text) => text.includes('Note by'));
  expect(notes).toEqual(['Befriend: Note by kim: she is a regular', 'Befriend: Note by kim: be kind']);
  expect(JSON.stringify(vera.told)).not.toMatch(/regular|be kind|desk\.|c_desk_/);
  expect(told(kim, log).filter((text) => text.includes('Note by'))).toEqual([]);
});

test('gives the case of who went to another, with all that was said', async () => {
  const { stage, kim, lea, vera, log, chat } = await asked(given);
  await types(stage, kim, chat, 'A moment.');
  await vera.says('support', 'Still there?');
  await settled(stage);

  kim.leaves();
  await settled(stage);
  stage.clock.advance(61_000);
  await settled(stage);

  expect(told(lea, log)).toEqual([
    'Befriend: You have this case now (sales). /who says more, /help what you can do.',
    'Vera: Is it safe?',
    'kim: A moment.',
    'Vera: Still there?',
  ]);
  expect(told(kim, log).at(-1)).toBe('Befriend: This case waits in sales again.');
});

test('gives no case to a colleague’s account at which nobody is', async () => {
  const stage = await Stage.open({ accounts, desk: given });
  const kim = new Account(stage, 'kim@example.com');
  await settled(stage);
  const vera = await stage.named('vera', 'Vera');

  await vera.says('support', 'Is it safe?');
  await settled(stage);
  const before = kim.texts;
  await comes(stage, kim);
  await settled(stage);

  expect(before).toEqual([]);
  expect(kim.texts).toEqual(expect.arrayContaining([expect.stringContaining('Vera: Is it safe?')]));
});

test('says who has a case and who the visitor is', async () => {
  const { stage, kim, chat } = await asked(given);

  const card = await types(stage, kim, chat, '/who');

  expect(card).toContain('Vera (nobody has signed this name)');
  expect(card).toContain('You have this case in sales');
});

test('closes a case and opens it again', async () => {
  const { stage, kim, vera, log, chat } = await asked(given);

  const answers = [await types(stage, kim, chat, '/close'), await types(stage, kim, chat, '/reopen')];
  await types(stage, kim, chat, 'One more thing.');

  expect(answers.at(-1)).toBe(`${log}: Befriend: It is open again.`);
  expect(told(kim, log)).toContain('Befriend: Closed.');
  expect(textsOf(vera.facts(log))).toContain('One more thing.');
});

test('gives nobody a case who has said /away, until he says /back', async () => {
  const { stage, kim, lea } = await asked(given);
  await types(stage, kim, friend, '/away');
  await types(stage, lea, friend, '/away');
  const walt = await stage.named('walt', 'Walt');

  await walt.says('support', 'Anybody?');
  await settled(stage);
  const before = [kim, lea].map(({ texts }) => texts.some((text) => text.includes('Anybody?')));
  await types(stage, lea, friend, '/back');
  await settled(stage);

  expect(before).toEqual([false, false]);
  expect(lea.texts.some((text) => text.includes('Walt: Anybody?'))).toBe(true);
});

test('takes a note and a transfer as ad-hoc commands', async () => {
  const { stage, kim, lea, log, chat } = await asked(given);
  const asks = async (attrs: Record<string, string>, ...form: StanzaTree[]): Promise<StanzaTree | undefined> => {
    const command = element('command', { xmlns: adHoc, ...attrs }, ...form);
    const stanza = kim.sends(kim.stanza('iq', { to: chat, type: 'set' }, command));
    await settled(stage);
    const answer = kim.answerTo(stanza);
    return answer && elementsOf(answer)[0];
  };
  const filled = (key: string, value: string): StanzaTree =>
    element(
      'x',
      { xmlns: 'jabber:x:data', type: 'submit' },
      element('field', { xmlns: 'jabber:x:data', var: key }, element('value', { xmlns: 'jabber:x:data' }, value)),
    );

  const note = await asks({ node: 'note' });
  await asks({ node: 'note', sessionid: note?.attrs.sessionid ?? '' }, filled('text', 'Ask for the order.'));
  const transfer = await asks({ node: 'transfer' });
  const [, to = ''] = /"lea [^"]*"\}.*?"(user:u_[0-9a-z]+)"/.exec(JSON.stringify(transfer)) ?? [];
  const done = await asks({ node: 'transfer', sessionid: transfer?.attrs.sessionid ?? '' }, filled('to', to));

  expect(JSON.stringify(done)).toContain('It was given on.');
  expect(told(lea, log)).toEqual(
    expect.arrayContaining(['Vera: Is it safe?', 'Befriend: Note by kim: Ask for the order.']),
  );
});
