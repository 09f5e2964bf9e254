import { component } from '@xmpp/component';
import type { Clock } from '../core/ports.ts';
import { componentEndpoint } from './link-failure.ts';
import { openStream, placeOf, type StreamEvents, type XmppStream } from './stream.ts';

/** Where a component stream leads, and who opens it. */
export interface ComponentStreamOptions {
  /** `xmpp://host:port`. */
  readonly service: string;
  /** The component's domain. */
  readonly domain: string;
  readonly secret: string;
  readonly clock: Clock;
}

/** Opens one component stream (XEP-0114) with `@xmpp/component`. */
export function openComponentStream(options: ComponentStreamOptions, events: StreamEvents): XmppStream {
  const { service, domain, secret, clock } = options;
  const entity = component({ service, domain, password: secret });
  entity.removeAllListeners('element');
  const endpoint = componentEndpoint(placeOf(service), domain);
  return openStream(entity, { service, domain, endpoint, clock }, events);
}
