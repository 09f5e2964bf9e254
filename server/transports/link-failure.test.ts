import { expect, test } from 'vitest';
import { failureOfError } from './link-failure.ts';

const endpoint = { place: '127.0.0.1:5347', domain: 'friend.example.com' };

test.each([
  [{ name: 'StreamError', condition: 'not-authorized' }, 'refused', 'The XMPP server refused the component secret.'],
  [{ name: 'StreamError', condition: 'host-unknown' }, 'refused', 'knows no component friend.example.com'],
  [{ name: 'StreamError', condition: 'conflict' }, 'down', 'Another process is connected as friend.example.com.'],
  [{ name: 'StreamError', condition: 'system-shutdown' }, 'down', 'is shutting down'],
  [{ name: 'StreamError', condition: 'policy-violation' }, 'down', 'ended the stream (policy-violation)'],
  [{ name: 'Error', code: 'ECONNREFUSED' }, 'down', 'Nothing answers at 127.0.0.1:5347.'],
  [{ name: 'Error', code: 'ENOTFOUND' }, 'down', 'is not known'],
  [{ name: 'Error', code: 'ECONNRESET' }, 'down', 'was cut'],
  [{ name: 'Error', code: 'EHOSTUNREACH' }, 'down', 'There is no way to 127.0.0.1:5347 (EHOSTUNREACH).'],
  [{ name: 'TimeoutError' }, 'down', 'said nothing for 10 s'],
  [{ name: 'XMLError' }, 'down', 'is not XML'],
  ['thrown text', 'down', 'The link to 127.0.0.1:5347 failed (unknown).'],
])('says of %o that the link is %s, and why', (error, state, words) => {
  const failure = failureOfError(error, endpoint);

  expect(failure.state).toBe(state);
  expect(failure.reason).toContain(words);
});
