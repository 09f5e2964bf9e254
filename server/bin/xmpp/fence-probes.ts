import type { RawStream } from './raw-clients.ts';

/** Whom the probes are meant to reach, and the hosts through which somebody might try. */
export interface ProbeTarget {
  /** Who must hear nothing; its full JID is known to whoever sends. */
  readonly victim: RawStream;
  readonly visitorsHost: string;
  readonly accountsHost: string;
  readonly friend: string;
}

/** One stanza that should not get through, and its name for people. */
interface Probe {
  readonly name: string;
  readonly xml: string;
}

/** What came of the probes. */
export interface ProbeOutcome {
  /** The names of the probes of which anything arrived. */
  readonly arrived: readonly string[];
  /** Every stanza that the victim received meanwhile. */
  readonly stanzas: readonly string[];
  /** What the sender was answered, sorted, with VICTIM instead of the victim's name and resource. */
  readonly answers: readonly string[];
}

/**
 * Lets `sender` try everything that could reach the victim: each kind of stanza at its full and its bare JID, forged
 * carbons and archives, and services under the names that servers usually give them; the victim plays along, and is in
 * every room and hears every node that there is. It is looked at only after the sender's last probe was dealt with.
 * A slot for an upload, of which nothing is sent on, has arrived when it was granted. Probes whose name fits `except` are
 * left out.
 */
export async function probeFence(sender: RawStream, target: ProbeTarget, except: RegExp = /^$/): Promise<ProbeOutcome> {
  const { victim } = target;
  await meet(sender, target);
  const [before, answersBefore] = [victim.received.length, sender.received.length];
  const probes = probesAt(target).filter(({ name }) => !except.test(name));
  for (const { xml } of probes) sender.send(xml);
  await settled(sender);
  await settled(victim);
  const stanzas = victim.received.slice(before).filter(isNoPong);
  const heard = stanzas.join('\n');
  const received = sender.received.slice(answersBefore).filter(isNoPong);
  const granted = received.filter((xml) => xml.includes('<slot')).map((xml) => named(/id=['"]([^'"]+)/.exec(xml)?.[1]));
  const names = victim.jid.split(/@[^/]*\//);
  return {
    arrived: probes.map(({ name }) => name).filter((name) => heard.includes(`mark ${name} `) || granted.includes(name)),
    stanzas,
    answers: received.map((xml) => names.reduce((text, name) => text.replaceAll(name, 'VICTIM'), xml)).sort(),
  };
}

/** Opens nodes, and lets the victim come to where it could be reached. */
async function meet(sender: RawStream, target: ProbeTarget): Promise<void> {
  for (const place of placesOf(target)) sender.send(probe('node', 'iq', 'set', place, () => opened).xml);
  await settled(sender);
  const { victim } = target;
  for (const place of placesOf(target)) {
    victim.send(probe('occupant', 'presence', '', `room@${place}/victim`, () => joining).xml);
    victim.send(probe('subscriber', 'iq', 'set', place, () => heardBy(victim.jid)).xml);
  }
  await settled(victim);
}

function isNoPong(xml: string): boolean {
  return !/id=['"]settled-/.test(xml);
}

/** A service works on its own: it may forward some time after it has taken a stanza. */
const forwardingMs = 500;

async function settled(stream: RawStream): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, forwardingMs));
  const host = stream.jid.replace(/^.*@|\/.*$/g, '');
  const id = `settled-${stream.received.length}`;
  stream.send(`<iq xmlns="jabber:client" type="get" id="${id}" to="${host}"><ping xmlns="urn:xmpp:ping"/></iq>`);
  await stream.until(new RegExp(`id=['"]${id}['"]`));
}

function probesAt(target: ProbeTarget): Probe[] {
  const full = target.victim.jid;
  const bare = full.replace(/\/.*$/, '');
  return [...directProbes('full', full, bare), ...directProbes('bare', bare, bare), ...probesThroughServices(target)];
}

type Marked = (mark: string) => string;

const jingle = 'urn:xmpp:jingle:1';
const addresses = 'http://jabber.org/protocol/address';

function directProbes(kind: string, to: string, victim: string): Probe[] {
  const body: Marked = (mark) => `<body>${mark}</body>`;
  const forwarded: Marked = (mark) =>
    `<forwarded xmlns="urn:xmpp:forward:0"><message xmlns="jabber:client" from="${victim}">${body(mark)}</message></forwarded>`;
  const stanzas: Readonly<Record<string, [string, string, Marked]>> = {
    'chat message': ['message', 'chat', body],
    'normal message': ['message', 'normal', body],
    headline: ['message', 'headline', body],
    'groupchat message': ['message', 'groupchat', body],
    'error message': ['message', 'error', (mark) => `${body(mark)}<error type="cancel"/>`],
    'message without body': ['message', 'chat', (mark) => `<x xmlns="urn:example:probe">${mark}</x>`],
    subject: ['message', 'normal', (mark) => `<subject>${mark}</subject>`],
    'friend’s payload': [
      'message',
      'chat',
      (mark) => `<payload xmlns="urn:xmpp:json-msg:0"><json xmlns="urn:xmpp:json:0">"${mark}"</json></payload>`,
    ],
    'forged carbon': [
      'message',
      'chat',
      (mark) => `<received xmlns="urn:xmpp:carbons:2">${forwarded(mark)}</received>`,
    ],
    'forged archive': ['message', 'normal', (mark) => `<result xmlns="urn:xmpp:mam:2">${forwarded(mark)}</result>`],
    'mediated invitation': [
      'message',
      'normal',
      (mark) => `<x xmlns="http://jabber.org/protocol/muc#user"><invite><reason>${mark}</reason></invite></x>`,
    ],
    presence: ['presence', '', (mark) => `<status>${mark}</status>`],
    'unavailable presence': ['presence', 'unavailable', (mark) => `<status>${mark}</status>`],
    'presence error': ['presence', 'error', (mark) => `<status>${mark}</status><error type="cancel"/>`],
    subscription: ['presence', 'subscribe', (mark) => `<status>${mark}</status>`],
    'approved subscription': ['presence', 'subscribed', (mark) => `<status>${mark}</status>`],
    request: ['iq', 'get', (mark) => `<query xmlns="urn:example:probe">${mark}</query>`],
    command: ['iq', 'set', (mark) => `<jingle xmlns="${jingle}">${mark}</jingle>`],
    'roster push': ['iq', 'set', (mark) => `<query xmlns="jabber:iq:roster"><item jid="${mark}"/></query>`],
    answer: ['iq', 'result', (mark) => `<query xmlns="urn:example:probe">${mark}</query>`],
  };
  return Object.entries(stanzas).map(([what, [element, type, content]]) =>
    probe(`${what} to ${kind}`, element, type, to, content),
  );
}

function placesOf({ visitorsHost, accountsHost, friend }: ProbeTarget): string[] {
  const hosts = [visitorsHost, accountsHost, friend, 'other.localhost'];
  const services = ['multicast', 'conference', 'rooms', 'pubsub', 'upload', 'proxy', 'echo'];
  return [...hosts, ...hosts.flatMap((host) => services.map((service) => `${service}.${host}`))];
}

function probesThroughServices(target: ProbeTarget): Probe[] {
  const { victim } = target;
  const body: Marked = (mark) => `<body>${mark}</body>`;
  return placesOf(target).flatMap((place) => [
    probe(`addressed message via ${place}`, 'message', 'chat', place, (mark) => addressed(victim) + body(mark)),
    probe(`addressed presence via ${place}`, 'presence', '', place, (mark) => addressed(victim) + status(mark)),
    probe(`join of room@${place}`, 'presence', '', `room@${place}/x`, (mark) => joining + status(mark)),
    probe(`word in room@${place}`, 'message', 'groupchat', `room@${place}`, body),
    probe(`invitation via room@${place}`, 'message', '', `room@${place}`, (mark) => invited(victim, mark)),
    probe(`publication at ${place}`, 'iq', 'set', place, published),
    probe(`upload slot at ${place}`, 'iq', 'get', place, slot),
    probe(`body to ${place}`, 'message', 'chat', place, body),
  ]);
}

const joining = '<x xmlns="http://jabber.org/protocol/muc"/>';
const pubsub = 'http://jabber.org/protocol/pubsub';
const opened = `<pubsub xmlns="${pubsub}"><create node="all"/></pubsub>`;

function heardBy(jid: string): string {
  return `<pubsub xmlns="${pubsub}"><subscribe node="all" jid="${jid}"/></pubsub>`;
}

function addressed({ jid }: RawStream): string {
  return `<addresses xmlns="${addresses}"><address type="to" jid="${jid}"/></addresses>`;
}

function status(mark: string): string {
  return `<status>${mark}</status>`;
}

function invited({ jid }: RawStream, mark: string): string {
  const invite = `<invite to="${jid}"><reason>${mark}</reason></invite>`;
  return `<x xmlns="http://jabber.org/protocol/muc#user">${invite}</x>`;
}

function published(mark: string): string {
  const item = `<item><x xmlns="urn:example:probe">${mark}</x></item>`;
  return `<pubsub xmlns="${pubsub}"><publish node="all">${item}</publish></pubsub>`;
}

function slot(mark: string): string {
  return `<request xmlns="urn:xmpp:http:upload:0" filename="${mark}" size="1" content-type="text/plain"/>`;
}

function probe(name: string, element: string, type: string, to: string, content: Marked): Probe {
  const kind = type === '' ? '' : ` type="${type}"`;
  const attributes = `xmlns="jabber:client" to="${to}"${kind} id="${name.replaceAll(' ', '-')}"`;
  return { name, xml: `<${element} ${attributes}>${content(`mark ${name} `)}</${element}>` };
}

/** The probe whose stanza has this id. */
function named(id = ''): string {
  return id.replaceAll('-', ' ');
}
