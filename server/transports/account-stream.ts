import { client } from '@xmpp/client';
import type { Clock } from '../core/ports.ts';
import { accountEndpoint, failureOfError } from './link-failure.ts';
import { openStream, placeOf, type StreamEvents, type XmppStream } from './stream.ts';

/** Where a client's stream leads, and who opens it. */
export interface AccountStreamOptions {
  /** `xmpp://host:port`. */
  readonly service: string;
  /** `name@domain/resource`. */
  readonly address: string;
  readonly name: string;
  readonly domain: string;
  readonly resource: string;
  readonly password: string;
  readonly clock: Clock;
}

const streamFeatures = 'http://etherx.jabber.org/streams';

/**
 * What the library would negotiate by itself and must not: a session that can be resumed (XEP-0198) swallows what is
 * sent to a friend that has died, for minutes, where one that cannot bounces it at once; SASL2 (XEP-0388) would bring
 * that in again.
 */
const unwanted = [
  ['sm', 'urn:xmpp:sm:3'],
  ['authentication', 'urn:xmpp:sasl:2'],
] as const;
const startTls = ['starttls', 'urn:ietf:params:xml:ns:xmpp-tls'] as const;

/** Opens one client's stream (RFC 6120) with `@xmpp/client`: SASL and a resource, and STARTTLS but for loopback. */
export function openAccountStream(options: AccountStreamOptions, events: StreamEvents): XmppStream {
  const { service, address, domain, resource, clock } = options;
  const endpoint = accountEndpoint(placeOf(service), address);
  const isNear = isLoopback(new URL(service).hostname);
  const entity = client({ service, domain, resource, credentials: loginOf(options, isNear) });

  // Before the library's own listener, which reads the features in their order.
  entity.prependListener('element', (element) => {
    if (!element.is('features', streamFeatures)) return;
    for (const [name, xmlns] of isNear ? [...unwanted, startTls] : unwanted) element.remove(name, xmlns);
  });
  entity.on('online', () => entity.removeAllListeners('element'));

  const refusal = () =>
    entity.jid?.toString() === address ? undefined : failureOfError({ condition: 'conflict' }, endpoint);
  return openStream(entity, { service, domain, endpoint, clock, refusal }, events);
}

type Authenticate = (credentials: { username: string; password: string }, mechanism: string) => Promise<void>;

/** SCRAM where it is offered, PLAIN only where nobody can listen; nothing at all in the clear to another machine. */
function loginOf({ name, password }: AccountStreamOptions, isNear: boolean) {
  return async (
    authenticate: Authenticate,
    mechanisms: readonly string[],
    _fast: unknown,
    entity: { isSecure(): boolean },
  ): Promise<void> => {
    if (!isNear && !entity.isSecure()) throw new LoginImpossible('encryption-required');
    const mechanism = ['SCRAM-SHA-1', 'PLAIN'].find((known) => mechanisms.includes(known));
    if (mechanism === undefined) throw new LoginImpossible('invalid-mechanism');
    // The library writes each unit of PLAIN as one byte, where RFC 4616 §2 wants UTF-8.
    const written = mechanism === 'PLAIN' ? Buffer.from(password).toString('latin1') : password;
    await authenticate({ username: name, password: written }, mechanism);
  };
}

/** We do not log in here; `condition` is one of RFC 6120 §6.5. */
class LoginImpossible extends Error {
  readonly condition: 'encryption-required' | 'invalid-mechanism';

  constructor(condition: LoginImpossible['condition']) {
    super(condition);
    this.name = 'LoginImpossible';
    this.condition = condition;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
