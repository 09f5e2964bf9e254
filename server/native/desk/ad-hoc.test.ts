import { expect, test } from 'vitest';
import type { StanzaTree } from '../../core/ports.ts';
import { handClock } from '../../transports/hand-clock.ts';
import { childOf, element, elementsOf, textOf } from '../tree.ts';
import { AdHoc } from './ad-hoc.ts';
import { adHoc } from './ad-hoc-nodes.ts';
import { cardWith, caseOf, DeskLine, shownDesk } from './contract-desk.ts';

const friend = 'friend.example.com';
const chat = `c_support_vera@${friend}`;
const conversation = 'c_support_vera';
const forms = 'jabber:x:data';

/** Kim's client, and all that it was answered. */
class Client {
  readonly line: DeskLine;
  readonly clock = handClock();
  readonly sent: StanzaTree[] = [];
  readonly #adHoc: AdHoc;

  constructor(line: DeskLine = new DeskLine()) {
    this.line = line;
    let count = 0;
    const random = { bytes: (length: number) => new Uint8Array(length).fill(count++) };
    const { clock, sent } = this;
    const send = (stanza: StanzaTree): boolean => sent.push(stanza) > 0;
    const me = (): string => 'u_kim';
    this.#adHoc = new AdHoc({
      line: line as never,
      clock,
      random,
      friend,
      zone: 'UTC',
      me,
      isColleague: () => true,
      send,
    });
  }

  /** Asks, and returns the command or the error that answers. */
  async asks(attrs: Record<string, string>, values?: Record<string, string>, at = {}): Promise<StanzaTree | undefined> {
    const fields = Object.entries(values ?? {}).map(([key, value]) =>
      element('field', { xmlns: forms, var: key }, element('value', { xmlns: forms }, value)),
    );
    const form = values === undefined ? [] : [element('x', { xmlns: forms, type: 'submit' }, ...fields)];
    const command = element('command', { xmlns: adHoc, ...attrs }, ...form);
    await this.#adHoc.takes(
      element('iq', { type: 'set', id: 'q1', from: 'kim@example.com/phone', to: chat, ...at }, command),
    );
    const answer = this.sent.at(-1);
    return answer && elementsOf(answer)[0];
  }

  /** Begins a command that asks for something, and returns its session. */
  async begins(node: string, at = {}): Promise<string> {
    return (await this.asks({ node }, undefined, at))?.attrs.sessionid ?? '';
  }
}

function noteIn(command: StanzaTree | undefined): string {
  const note = command && childOf(command, 'note', adHoc);
  return note === undefined ? '' : `${note.attrs.type}: ${textOf(note)}`;
}

/** The names of an error and of what is said about it. */
function faultOf(error: StanzaTree | undefined): string[] {
  return error?.name === 'error' ? elementsOf(error).map(({ name }) => name) : [];
}

test.each([
  ['close', ['desk.close', { conversation }], 'info: Closed.'],
  ['reopen', ['desk.reopen', { conversation }], 'info: It is open again.'],
  ['take', ['desk.take', { conversation }], 'info: Vera is yours.'],
])('does at once what needs no form: %s', async (node, wish, note) => {
  const client = new Client(new DeskLine({ 'desk.case': cardWith(caseOf()) }));

  const command = await client.asks({ node, action: 'execute' });

  expect(command?.attrs).toMatchObject({ node, status: 'completed' });
  expect(noteIn(command)).toBe(note);
  expect(client.line.wished).toEqual([wish]);
  expect(client.sent[0]?.attrs).toEqual({ type: 'result', id: 'q1', from: chat, to: 'kim@example.com/phone' });
});

test.each([
  ['transfer', { to: 'user:u_lea' }, ['desk.assign', { conversation, to: 'u_lea' }]],
  ['transfer', { to: 'queue:sales' }, ['desk.move', { conversation, queue: 'sales' }]],
  ['invite', { to: 'user:u_leo' }, ['desk.invite', { conversation, user: 'u_leo' }]],
  ['note', { text: 'one\ntwo' }, ['desk.note', { conversation, text: 'one\ntwo' }]],
  ['snooze', { span: '3h' }, ['desk.snooze', { conversation, until: expect.any(Number) }]],
  ['available', { available: 'false' }, ['desk.available', { available: false }]],
  ['cases', { case: 'c_support_v2' }, ['desk.take', { conversation: 'c_support_v2' }]],
])('asks by a form, and does what was filled in: %s %j', async (node, values, wish) => {
  const client = new Client(new DeskLine({ 'desk.listed': { cases: [caseOf()] } }));

  const first = await client.asks({ node });
  const last = await client.asks({ node, sessionid: first?.attrs.sessionid ?? '', action: 'complete' }, values);

  expect(first?.attrs.status).toBe('executing');
  expect(first && childOf(first, 'x', forms)?.attrs.type).toBe('form');
  expect(last?.attrs).toMatchObject({ node, status: 'completed', sessionid: first?.attrs.sessionid });
  expect(client.line.wished).toEqual([wish]);
});

test('offers colleagues with what they have, and queues', async () => {
  const client = new Client();

  const command = await client.asks({ node: 'transfer' });

  const form = command && childOf(command, 'x', forms);
  const [, field] = form ? elementsOf(form) : [];
  const options = (field ? elementsOf(field) : []).filter(({ name }) => name === 'option');
  expect(options.map(({ attrs }) => attrs.label)).toEqual([
    'Kim (has 1 of 3)',
    'Lea Lang (has 1 of 3)',
    'Leo (has 1 of 3)',
    'Queue Sales',
    'Queue Hilfe',
  ]);
});

test('takes a case from a colleague only where that was confirmed', async () => {
  const line = new DeskLine({ 'desk.case': cardWith(caseOf({ state: 'assigned', assignee: 'u_lea' })) });
  const client = new Client(line);

  const no = await client.asks({ node: 'take', sessionid: await client.begins('take') }, { over: '0' });
  const yes = await client.asks({ node: 'take', sessionid: await client.begins('take') }, { over: '1' });

  expect([noteIn(no), noteIn(yes)]).toEqual(['info: Nothing was changed.', 'info: Vera is yours.']);
  expect(line.wished).toEqual([['desk.take', { conversation, from: 'u_lea' }]]);
});

test('says that nobody waits, and why something was not done', async () => {
  const nobody = new Client(new DeskLine({ 'desk.listed': { cases: [] } }));
  const late = new Client(new DeskLine({ 'desk.shown': shownDesk }, 'too_late'));

  const notes = [noteIn(await nobody.asks({ node: 'cases' })), noteIn(await late.asks({ node: 'close' }))];

  expect(notes).toEqual(['info: Nobody waits.', 'error: Somebody else was quicker. /who says who has it.']);
});

test('forgets a command that was cancelled, and one that waits for more than ten minutes', async () => {
  const client = new Client();
  const [cancelled, old] = [await client.begins('note'), await client.begins('note')];

  const canceled = await client.asks({ node: 'note', sessionid: cancelled, action: 'cancel' });
  const gone = await client.asks({ node: 'note', sessionid: cancelled }, { text: 'x' });
  client.clock.advance(600_001);
  const expired = await client.asks({ node: 'note', sessionid: old }, { text: 'x' });

  expect(canceled?.attrs.status).toBe('canceled');
  expect(faultOf(gone)).toEqual(['bad-request', 'bad-sessionid']);
  expect(faultOf(expired)).toEqual(['not-allowed', 'session-expired']);
  expect(client.line.wished).toEqual([]);
});

test('keeps twenty commands of one account at most', async () => {
  const client = new Client();
  const first = await client.begins('note');
  for (let more = 0; more < 20; more += 1) await client.begins('note');

  const answer = await client.asks({ node: 'note', sessionid: first }, { text: 'x' });

  expect(faultOf(answer)).toEqual(['bad-request', 'bad-sessionid']);
});

test.each([
  ['another client', { from: 'kim@example.com/desk' }, 'note'],
  ['another chat', { to: `c_support_v2@${friend}` }, 'note'],
  ['another command', {}, 'snooze'],
])('goes on with a command for %s never', async (_what, at, node) => {
  const client = new Client();
  const sessionid = await client.begins('note');

  const answer = await client.asks({ node, sessionid }, { text: 'x', span: '1h' }, at);

  expect(faultOf(answer)).toEqual(['bad-request', 'bad-sessionid']);
  expect(client.line.wished).toEqual([]);
});

test('says what is wrong with an answer, and lets it be given again', async () => {
  const client = new Client();
  const sessionid = await client.begins('note');

  const faults = [
    await client.asks({ node: 'note', sessionid, action: 'complete' }, { text: '  ' }),
    await client.asks({ node: 'note', sessionid, action: 'complete' }),
    await client.asks({ node: 'note', sessionid, action: 'prev' }),
    await client.asks({ node: 'note', sessionid, action: 'dance' }),
    await client.asks({ node: 'note', action: 'complete' }),
    await client.asks({ node: 'nothing' }),
    await client.asks({ node: 'note' }, undefined, { to: friend }),
  ].map(faultOf);
  const done = await client.asks({ node: 'note', sessionid, action: 'next' }, { text: 'x' });

  expect(faults).toEqual([
    ['bad-request', 'bad-payload'],
    ['bad-request', 'bad-payload'],
    ['bad-request', 'bad-action'],
    ['bad-request', 'malformed-action'],
    ['bad-request', 'bad-action'],
    ['item-not-found'],
    ['item-not-found'],
  ]);
  expect(done?.attrs.status).toBe('completed');
});
