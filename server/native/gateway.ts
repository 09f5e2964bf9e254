import { uuidv7 } from '../../protocol/ids.ts';
import { type Gateway, type GatewayHost, nativePrefix } from '../core/gateway.ts';
import type { Sha256, StanzaTree } from '../core/ports.ts';
import { isRequest } from '../core/stanzas.ts';
import { addressOf, placeOf } from './address.ts';
import { adHocNodeIn, listedAt } from './desk/ad-hoc-nodes.ts';
import { readMessage } from './read-message.ts';
import { readPresence } from './read-presence.ts';
import { requestType } from './read-request.ts';
import { Session } from './session.ts';

export interface NativeGatewayOptions {
  readonly sha256: Sha256;
  /** The hosts whose accounts are people; those of visitors are none of them. */
  readonly hosts: readonly string[];
  /** Bare JIDs of accounts that are told what there is before they have said anything: those of colleagues. */
  readonly expected: readonly string[];
  /** What the friend is called. */
  readonly name: string;
  /** IANA, for times of the day; the machine's where absent. */
  readonly zone?: string;
}

/** Who uses an ordinary XMPP client, as people like all others. */
export function nativeGateway({ hosts, expected, ...own }: NativeGatewayOptions): (host: GatewayHost) => Gateway {
  return (host) => {
    const sessions = new Map<string, Session>();
    let isOver = false;

    function sessionOf(account: string): Session {
      const known = sessions.get(account);
      if (known !== undefined) return known;
      const session = new Session(account, host, own);
      sessions.set(account, session);
      if (isOver) void session.stop();
      return session;
    }

    /** The account that an address belongs to; undefined for a visitor, a service and another host. */
    function accountOf(jid: string): string | undefined {
      const { bare, domain, local } = addressOf(jid);
      return local !== '' && hosts.includes(domain) ? bare : undefined;
    }

    function nameOf(from: string): string {
      const name = `${nativePrefix}${addressOf(from).bare}`;
      return host.isOpen(name) ? name : from;
    }

    function request(stanza: StanzaTree, from: string): boolean {
      const type = requestType(stanza);
      const { clock, random } = host;
      if (type === undefined || !isRequest(stanza)) return false;
      const at = clock.now();
      host.act(nameOf(from), { id: uuidv7(at, random.bytes(10)), type, at, body: stanza });
      return true;
    }

    /** To whom a command is none of his, it is one that is not there. */
    function command(stanza: StanzaTree, account: string, from: string, to: string): boolean {
      const node = adHocNodeIn(stanza);
      const isColleague = expected.includes(account);
      const isHis = listedAt(placeOf(to, host.address), isColleague).some((one) => one.node === node);
      if (!isHis) return false;
      sessionOf(account).commands(stanza, () => request(stanza, from));
      return true;
    }

    function presence(stanza: StanzaTree, account: string, from: string, to: string): boolean {
      const { type } = stanza.attrs;
      const shown = readPresence(stanza);
      if (shown !== undefined) sessionOf(account).shows(addressOf(from).resource, shown);
      else if (type === 'subscribe' || type === 'unsubscribe') {
        sessionOf(account).subscribes(type, placeOf(to, host.address), to);
      } else if (type === 'probe') sessionOf(account).probed(placeOf(to, host.address));
      // What answers the friend's own request needs no answer.
      else return type === 'subscribed' || type === 'unsubscribed';
      return true;
    }

    function message(stanza: StanzaTree, account: string, to: string): boolean {
      const spoken = readMessage(stanza);
      const place = placeOf(to, host.address);
      if (spoken === undefined || place === undefined) return false;
      sessionOf(account).says(stanza, spoken, place);
      return true;
    }

    function bounced(from: string, type: string, stanzaId: string): void {
      const account = accountOf(from);
      if (account !== undefined) sessions.get(account)?.bounced(type, stanzaId);
    }

    return {
      stanza(stanza) {
        const { from = '', to = host.address, type, id } = stanza.attrs;
        const account = accountOf(from);
        if (stanza.name === 'iq') {
          return (account !== undefined && command(stanza, account, from, to)) || request(stanza, from);
        }
        if (account === undefined) return false;
        if (type === 'error') {
          bounced(from, errorType(stanza), id ?? '');
          return false;
        }
        return stanza.name === 'message' ? message(stanza, account, to) : presence(stanza, account, from, to);
      },

      gone(from) {
        const account = accountOf(from);
        const away = { available: false, idle: false, dnd: false };
        if (account !== undefined) sessions.get(account)?.shows(addressOf(from).resource, away);
      },

      bounced,

      told(jid, json) {
        const account = accountOf(jid.slice(nativePrefix.length));
        if (account !== undefined) sessionOf(account).told(json);
      },

      linkUp() {
        for (const account of expected) if (accountOf(account) === account) sessionOf(account).open();
      },

      async stop() {
        isOver = true;
        await Promise.all(Array.from(sessions.values(), (session) => session.stop()));
      },
    };
  };
}

function errorType({ children }: StanzaTree): string {
  const error = children.find((child) => typeof child !== 'string' && child.name === 'error');
  return typeof error === 'object' ? (error.attrs.type ?? 'cancel') : 'cancel';
}
