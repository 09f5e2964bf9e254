import { probeFence } from '../../server/bin/xmpp/fence-probes.ts';
import { accountClient, anonymousClient, type RawStream } from '../../server/bin/xmpp/raw-clients.ts';
import type { XmppServer } from '../../server/bin/xmpp/xmpp-server.ts';
import { expect, test } from '../fixtures/test.ts';

const accountsHost = 'localhost';
const friend = 'friend.localhost';

function hostsOf({ visitorsHost }: XmppServer): { visitorsHost: string; accountsHost: string; friend: string } {
  return { visitorsHost, accountsHost, friend };
}

async function visitor({ service, visitorsHost }: XmppServer): Promise<RawStream> {
  return present(await anonymousClient(service, visitorsHost));
}

async function account({ service, ctl }: XmppServer, name: string): Promise<RawStream> {
  await ctl?.('register', name, accountsHost, 'a-password');
  return present(await accountClient(service, accountsHost, name, 'a-password'));
}

/** Without presence of its own a stream would hear nothing at its bare JID. */
async function present(stream: RawStream): Promise<RawStream> {
  stream.send('<presence xmlns="jabber:client"/>');
  await stream.until(/<presence/);
  return stream;
}

test('nothing that a visitor sends reaches another visitor whose address is known', async ({ stack: { xmpp } }) => {
  const [ann, ben] = await Promise.all([visitor(xmpp), visitor(xmpp)]);

  const { stanzas } = await probeFence(ann, { victim: ben, ...hostsOf(xmpp) });

  expect(stanzas).toEqual([]);
});

test('nothing that a visitor sends reaches the account of a colleague, and nothing of an account a visitor', async ({
  stack: { xmpp },
}) => {
  const [ann, kim] = await Promise.all([visitor(xmpp), account(xmpp, 'kim')]);

  const toAccount = await probeFence(ann, { victim: kim, ...hostsOf(xmpp) });
  const toVisitor = await probeFence(kim, { victim: ann, ...hostsOf(xmpp) });

  expect([toAccount.stanzas, toVisitor.stanzas]).toEqual([[], []]);
});

test('a visitor cannot tell who is there from how the server refuses', async ({ stack: { xmpp } }) => {
  const [ann, ben] = await Promise.all([visitor(xmpp), visitor(xmpp)]);
  const nobody = { ...ben, jid: `nobody@${xmpp.visitorsHost}/nowhere` };

  const there = await probeFence(ann, { victim: ben, ...hostsOf(xmpp) });
  const notThere = await probeFence(ann, { victim: nobody, ...hostsOf(xmpp) });

  expect(there.answers.length).toBeGreaterThan(100);
  expect(there.answers).toEqual(notThere.answers);
});

test('the same probes arrive where no fence is: among accounts', async ({ stack: { xmpp } }) => {
  const [lea, max] = [await account(xmpp, 'lea'), await account(xmpp, 'max')];

  const { arrived } = await probeFence(lea, { victim: max, ...hostsOf(xmpp) });

  const kinds = ['chat message', 'headline', 'message without body', 'forged carbon', 'presence', 'request'];
  const expected = [...kinds, 'command', 'subscription', 'answer'].map((kind) => `${kind} to full`);
  expect(arrived).toEqual(expect.arrayContaining(expected));
});
