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
  /** `host:port` of the server's component listener. */
  readonly place: string;
  /** The component's domain. */
  readonly domain: string;
}

/** What ended a stream, where it was not an error of the socket or of the XMPP server. */
export type Cause = 'connect_limit' | 'open_limit' | 'closed_early' | 'closed' | 'silent' | 'not_xml' | 'stopped';

/** Puts a cause that this side saw into words. */
export function failureOf(cause: Cause, { place }: Endpoint): LinkFailure {
  return { state: 'down', reason: causes[cause](place) };
}

const isItTheComponentPort = 'Is it the component port (XEP-0114) of the XMPP server?';

const causes: Record<Cause, (place: string) => string> = {
  connect_limit: (place) => `${place} did not accept the connection within 8 s. Is a firewall between?`,
  open_limit: (place) => `${place} accepted the connection and then said nothing for 10 s. ${isItTheComponentPort}`,
  closed_early: (place) => `${place} closed the connection before the login was done. ${isItTheComponentPort}`,
  closed: (place) => `The XMPP server at ${place} closed the connection.`,
  silent: (place) => `The XMPP server at ${place} did not answer a ping within 10 s.`,
  not_xml: (place) => `What came from ${place} is not XML. ${isItTheComponentPort}`,
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
  if (code !== undefined) return { state: 'down', reason: reasonOfCode(code, endpoint) };
  return { state: 'down', reason: `The link to ${endpoint.place} failed (${name ?? 'unknown'}).` };
}

// RFC 6120 §4.9.3; XEP-0114 §3 names the first two.
function failureOfCondition(condition: string, { place, domain }: Endpoint): LinkFailure {
  switch (condition) {
    case 'not-authorized':
      // ejabberd answers an unknown domain in the same words as a wrong secret.
      return {
        state: 'refused',
        reason:
          'The XMPP server refused the component secret. Set BEFRIEND_SECRET to the secret in its configuration. ' +
          `The configuration must also name the component ${domain}.`,
      };
    case 'host-unknown':
      return {
        state: 'refused',
        reason: `The XMPP server at ${place} knows no component ${domain}. Add it to the server's configuration.`,
      };
    case 'conflict':
      return { state: 'down', reason: `Another process is connected as ${domain}.` };
    case 'system-shutdown':
      return { state: 'down', reason: `The XMPP server at ${place} is shutting down.` };
    default:
      return { state: 'down', reason: `The XMPP server at ${place} ended the stream (${condition}).` };
  }
}

function reasonOfCode(code: string, { place }: Endpoint): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing answers at ${place}. Start the XMPP server, or correct the address of its component port.`;
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
