import { expect, test } from 'vitest';
import { accountEndpoint, componentEndpoint, failureOf, failureOfError } from './link-failure.ts';

const place = '127.0.0.1:5347';
const endpoint = componentEndpoint(place, 'friend.example.com');
const account = accountEndpoint(place, 'friend@example.com/server');

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

test.each([
  [
    { name: 'SASLError', condition: 'not-authorized' },
    'refused',
    'the password of friend@example.com. Correct BEFRIEND',
  ],
  [{ name: 'SASLError', condition: 'account-disabled' }, 'refused', 'the password of friend@example.com.'],
  [{ name: 'StreamError', condition: 'host-unknown' }, 'refused', 'does not serve the host of friend@example.com'],
  [{ name: 'StreamError', condition: 'conflict' }, 'refused', 'logged in as friend@example.com/server. Stop it'],
  [{ name: 'StreamError', condition: 'system-shutdown' }, 'down', 'is shutting down'],
  [{ name: 'Error', code: 'ECONNREFUSED' }, 'down', 'correct the address of its port for clients'],
  [
    { name: 'Error', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    'refused',
    'cannot be trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
  ],
  [{ name: 'Error', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'refused', 'The certificate of the XMPP server at 127'],
])('says of %o at a login with a password that the link is %s, and why', (error, state, words) => {
  const failure = failureOfError(error, account);

  expect(failure.state).toBe(state);
  expect(failure.reason).toContain(words);
});

test('asks for the right port where nothing else explains it', () => {
  const reasons = [endpoint, account].map((at) => failureOf('closed_early', at).reason);

  expect(reasons[0]).toContain('Is it the component port (XEP-0114)');
  expect(reasons[1]).toContain('Is it the port for clients (RFC 6120)');
});
