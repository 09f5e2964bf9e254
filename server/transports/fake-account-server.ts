import { type FakeServer, fakeServer } from './fake-server.ts';

/** What a fake server is to say to a client that logs in. */
export interface FakeAccount {
  /** `name@domain/resource`. */
  readonly address: string;
  readonly password: string;
  readonly mechanisms?: readonly string[];
  /** The JID that is bound, where it is not `address`. */
  readonly binds?: string;
  /** Written in one piece with the end of the login. */
  readonly atOnce?: string;
}

/** Starts a fake server that takes one client by SASL PLAIN (RFC 6120 §6, §7), on a loopback port; 0 takes a free one. */
export function fakeAccountServer(account: FakeAccount, port = 0): Promise<FakeServer> {
  const { address, password, mechanisms = ['PLAIN'], binds = address, atOnce = '' } = account;
  const [name = '', domain = ''] = address.split(/[@/]/);
  const offers = mechanisms.map((mechanism) => `<mechanism>${mechanism}</mechanism>`).join('');
  const login = `<mechanisms xmlns='${sasl}'>${offers}</mechanisms>`;
  const afterLogin = `<bind xmlns='${bind}'/><sm xmlns='urn:xmpp:sm:3'/>`;
  return fakeServer(
    {
      address,
      opening: (count) =>
        `<?xml version='1.0'?><stream:stream ${streamAttributes} from='${domain}' version='1.0'>` +
        `<stream:features>${count === 0 ? login : afterLogin}</stream:features>`,
      answer(element) {
        if (element.name === 'auth') {
          const isRight = element.getText() === Buffer.from(`\0${name}\0${password}`).toString('base64');
          if (isRight) return { xml: `<success xmlns='${sasl}'/>`, next: 'restart' };
          return { xml: `<failure xmlns='${sasl}'><not-authorized/></failure>` };
        }
        if (element.name === 'enable') return { xml: "<enabled xmlns='urn:xmpp:sm:3' resume='true' id='r'/>" };
        if (element.getChild('bind', bind) === undefined) return undefined;
        const result = `<bind xmlns='${bind}'><jid>${binds}</jid></bind>`;
        return { xml: `<iq type='result' id='${element.attrs.id}'>${result}</iq>${atOnce}` };
      },
    },
    port,
  );
}

const sasl = 'urn:ietf:params:xml:ns:xmpp-sasl';
const bind = 'urn:ietf:params:xml:ns:xmpp-bind';
const streamAttributes = "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'";
