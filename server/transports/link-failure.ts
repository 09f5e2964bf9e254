import type { LinkState } from '../core/ports.ts';

/** Why a link could not be made, or ended. */
export interface LinkFailure {
  /** `refused` where trying again is of no use until somebody changes a configuration. */
  readonly state: Extract<LinkState, 'down' | 'refused'>;
  /** What happened and what to do about it, in plain words. */
  readonly reason: string;
}

/** What the words of a failure name. */
export interface Endpoint {
  /** `host:port` of the server's listener. */
  readonly place: string;
  /** Which listener it should be, as a question. */
  readonly doubt: string;
  /** How somebody corrects its address. */
  readonly port: string;
  /** What the server's refusals mean here, by their condition. */
  readonly conditions: Readonly<Record<string, LinkFailure>>;
}

/** The component listener at `place`, for the component `domain` (XEP-0114). */
export function componentEndpoint(place: string, domain: string): Endpoint {
  return {
    place,
    doubt: 'Is it the component port (XEP-0114) of the XMPP server?',
    port: 'component port',
    conditions: {
      // ejabberd answers an unknown domain in the same words as a wrong secret.
      'not-authorized': refused(
        'The XMPP server refused the component secret. Set BEFRIEND_SECRET to the secret in its configuration. ' +
          `The configuration must also name the component ${domain}.`,
      ),
      'host-unknown': refused(
        `The XMPP server at ${place} knows no component ${domain}. Add it to the server's configuration.`,
      ),
      conflict: down(`Another process is connected as ${domain}.`),
    },
  };
}

/** The listener for clients at `place`, for the account of the full JID `address`. */
export function accountEndpoint(place: string, address: string): Endpoint {
  const [account = '', resource = ''] = address.split('/');
  const noMechanism = refused(
    `The XMPP server at ${place} offers neither SCRAM-SHA-1 nor PLAIN for a login with a password.`,
  );
  const unknown = refused(
    `The XMPP server refused the password of ${account}. Correct BEFRIEND_ACCOUNT_PASSWORD, or register the account.`,
  );
  return {
    place,
    doubt: 'Is it the port for clients (RFC 6120) of the XMPP server?',
    port: 'port for clients',
    conditions: {
      'not-authorized': unknown,
      'account-disabled': unknown,
      'credentials-expired': unknown,
      'host-unknown': refused(
        `The XMPP server at ${place} does not serve the host of ${account}. Correct BEFRIEND_ACCOUNT.`,
      ),
      conflict: refused(
        `Another process is logged in as ${address}. Stop it, or give this one another resource than ${resource}.`,
      ),
      'encryption-required': refused(
        `${place} is another machine and offers no TLS. Log in on 127.0.0.1, or switch STARTTLS on there.`,
      ),
      'invalid-mechanism': noMechanism,
      // What the library says in the place of a condition when it knows none of what is offered.
      'SASL: No compatible mechanism available.': noMechanism,
    },
  };
}

function refused(reason: string): LinkFailure {
  return { state: 'refused', reason };
}

function down(reason: string): LinkFailure {
  return { state: 'down', reason };
}

/** What ended a stream, where it was not an error of the socket or of the XMPP server. */
export type Cause = 'connect_limit' | 'open_limit' | 'closed_early' | 'closed' | 'silent' | 'not_xml' | 'stopped';

/** Puts a cause that this side saw into words. */
export function failureOf(cause: Cause, endpoint: Endpoint): LinkFailure {
  return down(causes[cause](endpoint));
}

const causes: Record<Cause, (endpoint: Endpoint) => string> = {
  connect_limit: ({ place }) => `${place} did not accept the connection within 8 s. Is a firewall between?`,
  open_limit: ({ place, doubt }) => `${place} accepted the connection and then said nothing for 10 s. ${doubt}`,
  closed_early: ({ place, doubt }) => `${place} closed the connection before the login was done. ${doubt}`,
  closed: ({ place }) => `The XMPP server at ${place} closed the connection.`,
  silent: ({ place }) => `The XMPP server at ${place} did not answer a ping in time.`,
  not_xml: ({ place, doubt }) => `What came from ${place} is not XML. ${doubt}`,
  stopped: () => 'Stopped.',
};

/**
 * Puts an error of the socket or of the library into words. Errors are told apart by their fields, as the classes of two
 * versions of the library differ.
 */
export function failureOfError(error: unknown, endpoint: Endpoint): LinkFailure {
  const { name, code, condition } = fieldsOf(error);
  if (condition !== undefined) return failureOfCondition(condition, endpoint);
  if (name === 'XMLError') return failureOf('not_xml', endpoint);
  if (name === 'TimeoutError') return failureOf('open_limit', endpoint);
  if (code !== undefined && certificate.test(code)) {
    return refused(`The certificate of the XMPP server at ${endpoint.place} cannot be trusted (${code}). Correct it.`);
  }
  if (code !== undefined) return down(reasonOfCode(code, endpoint));
  return down(`The link to ${endpoint.place} failed (${name ?? 'unknown'}).`);
}

/** How Node's codes say that a certificate does not hold. */
const certificate = /CERT|LEAF_SIGNATURE/;

// RFC 6120 §4.9.3, of a login §6.5, of a resource §7.7.
function failureOfCondition(condition: string, { place, conditions }: Endpoint): LinkFailure {
  if (condition === 'system-shutdown') return down(`The XMPP server at ${place} is shutting down.`);
  return conditions[condition] ?? down(`The XMPP server at ${place} ended the stream (${condition}).`);
}

function reasonOfCode(code: string, { place, port }: Endpoint): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing answers at ${place}. Start the XMPP server, or correct the address of its ${port}.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host name in ${place} is not known (${code}). Correct it, or look at the name service.`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `The connection to ${place} was cut (${code}).`;
    default:
      return `There is no way to ${place} (${code}).`;
  }
}

function fieldsOf(error: unknown): Partial<Record<'name' | 'code' | 'condition', string>> {
  if (typeof error !== 'object' || error === null) return {};
  const { name, code, condition } = error as Record<string, unknown>;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof code === 'string' && { code }),
    ...(typeof condition === 'string' && { condition }),
  };
}
