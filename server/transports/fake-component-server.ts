import { createHash } from 'node:crypto';
import { type FakeServer, fakeServer } from './fake-server.ts';

/** Starts a fake server that takes one component (XEP-0114), on a loopback port; 0 takes a free one. */
export function fakeComponentServer(domain: string, secret: string, port = 0): Promise<FakeServer> {
  return fakeServer(
    {
      address: domain,
      opening: () => `<?xml version='1.0'?><stream:stream ${streamAttributes} from='${domain}' id='s1'>`,
      answer(element) {
        if (element.name !== 'handshake') return undefined;
        const isRight = element.getText() === createHash('sha1').update(`s1${secret}`).digest('hex');
        if (isRight) return { xml: '<handshake/>' };
        return { xml: `<stream:error>${notAuthorized}</stream:error></stream:stream>`, next: 'end' };
      },
    },
    port,
  );
}

const streamAttributes = "xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams'";
const notAuthorized =
  "<not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>Invalid Handshake</text>";
