import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { type AccountAnswer, isSafe, sayAsAccount } from './account.ts';
import { type Answer, elsewhere, StagedSocket, unfriendly, welcoming } from './staged-socket.ts';

beforeEach(() => {
  const { CONNECTING, OPEN, CLOSING, CLOSED } = WebSocket;
  vi.stubGlobal('WebSocket', Object.assign(StagedSocket, { CONNECTING, OPEN, CLOSING, CLOSED }));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A server that offers PLAIN, and answers what is said to the friend in his name. */
function withAccounts(from: string): Answer {
  const welcome = welcoming();
  return (frame) => {
    const payload = '<payload xmlns="urn:xmpp:json-msg:0"><json xmlns="urn:xmpp:json:0">"hello"</json></payload>';
    if (frame.startsWith('<message')) return [`<message xmlns="jabber:client" from="${from}">${payload}</message>`];
    return welcome(frame)?.map((part) => part.replace('ANONYMOUS', 'PLAIN'));
  };
}

function say(answer: Answer, service = 'wss://xmpp.page.test'): { said: Promise<AccountAnswer>; clock: FakeClock } {
  StagedSocket.answer = answer;
  StagedSocket.newest = undefined;
  const clock = new FakeClock();
  const account = { jid: 'kim@page.test', password: 'pä ss' };
  return { said: sayAsAccount({ service, friend: 'friend.page.test', ...account, clock }, '"hi"'), clock };
}

test('says a frame as the account whose password it has, and hears the friend’s answer', async () => {
  const { said } = say(withAccounts('friend.page.test'));

  const answer = await said;

  const sent = StagedSocket.newest?.sent ?? [];
  const credentials = /mechanism="PLAIN">([^<]+)</.exec(sent.join(''))?.[1] ?? '';
  const bytes = Uint8Array.from(atob(credentials), (letter) => letter.charCodeAt(0));
  expect(answer).toEqual({ frame: '"hello"' });
  expect(new TextDecoder().decode(bytes)).toBe('\0kim\0pä ss');
  expect(sent.filter((frame) => frame.startsWith('<presence'))).toEqual([]);
  expect(sent.find((frame) => frame.startsWith('<message'))).toContain('<private xmlns="urn:xmpp:carbons:2"/>');
});

test.each([
  ['the password is wrong', unfriendly()],
  ['the server does not serve the host', elsewhere()],
  ['the server has visitors only', welcoming()],
])('says that it was refused where %s', async (_, answer) => {
  const { said } = say(answer);

  expect(await said).toEqual({ fault: 'refused' });
});

test('takes no answer but the friend’s, and waits no longer than fifteen seconds', async () => {
  const { said, clock } = say(withAccounts('friend.page.test.evil.test'));
  await expect.poll(() => StagedSocket.newest?.sent.some((frame) => frame.startsWith('<message'))).toBe(true);

  clock.pass(15_000);

  expect(await said).toEqual({ fault: 'unreachable' });
});

test('sends no password without encryption, but on this machine', async () => {
  const { said } = say(withAccounts('friend.page.test'), 'ws://xmpp.page.test');

  expect(await said).toEqual({ fault: 'insecure' });
  expect(StagedSocket.newest).toBeUndefined();
  const local = [
    'ws://localhost:5280/',
    'ws://127.0.0.1:5280/',
    'ws://[::1]:1/',
    'wss://a.test/',
    'ws://127.0.0.1.evil.test/',
  ];
  expect(local.map(isSafe)).toEqual([true, true, true, true, false]);
});
