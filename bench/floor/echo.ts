import { randomUUID } from 'node:crypto';
import { component, type FloorComponent, type FloorStanza, xml } from '@xmpp/component';
import { namespaces } from '../../protocol/frame.ts';
import { answerParent, cpuMicros } from '../child.ts';

/**
 * The floor: what a component on bare `@xmpp/component` costs that keeps nothing and decides nothing. It parses each
 * event's JSON, and for a message writes two stanzas, the answer to its sender and the fact to the other one, with a
 * payload of the same keys and length as the friend's. It speaks as much of the language as the load needs.
 */
interface Room {
  readonly listeners: Set<string>;
  last: number;
}

interface Event {
  readonly id: string;
  readonly type: string;
  readonly body: { readonly conversation?: string; readonly text?: string };
}

const users = new Map<string, string>();
const rooms = new Map<string, Room>();
let entity: FloorComponent | undefined;

async function connect({
  service,
  domain,
  secret,
}: {
  service: string;
  domain: string;
  secret: string;
}): Promise<void> {
  const stream = component({ service, domain, password: secret });
  stream.on('error', (error) => console.error('error: the floor', error));
  // Two small writes for each message would else wait for each other's acknowledgement, 40 ms with one in flight.
  stream.on('connect', () => stream.socket?.setNoDelay(true));
  stream.on('stanza', (stanza) => answer(domain, stanza));
  entity = stream;
  await stream.start();
}

function answer(domain: string, stanza: FloorStanza): void {
  const { from } = stanza.attrs;
  const json =
    stanza.is('message') && stanza.getChild('payload', namespaces.payload)?.getChildText('json', namespaces.json);
  if (!from || !json) return;
  for (const event of (JSON.parse(json) as { events: Event[] }).events) {
    if (event.type === 'message.send') relay(domain, from, event);
    else tell(domain, from, opened(from, event));
  }
}

function relay(domain: string, from: string, { id, body }: Event): void {
  const log = roomIdOf(body.conversation);
  const room = roomOf(log);
  const prev = room.last++;
  const fact = { type: 'message.sent', at: Date.now(), by: users.get(from), log, seq: room.last };
  const told = { ...fact, body: { text: body.text }, prev };
  tell(domain, from, { ...told, re: id });
  for (const listener of room.listeners) if (listener !== from) tell(domain, listener, told);
}

function opened(from: string, { id, type, body }: Event): unknown {
  const conversation = roomIdOf(body.conversation);
  if (type === 'connection.open') users.set(from, `u_${randomUUID().replaceAll('-', '').slice(0, 20)}`);
  else roomOf(conversation).listeners.add(from);
  return { type: `${type}ed`, at: Date.now(), re: id, body: { conversation: { id: conversation } } };
}

function tell(domain: string, to: string, event: unknown): void {
  const json = JSON.stringify({ v: 1, events: [event] });
  const payload = xml(
    'payload',
    { xmlns: namespaces.payload, datatype: namespaces.event },
    xml('json', { xmlns: namespaces.json }, json),
  );
  const attributes = { from: domain, to, type: 'chat', id: stanzaId() };
  entity
    ?.send(xml('message', attributes, payload, xml('no-store', { xmlns: namespaces.hints })))
    .catch(() => undefined);
}

let stanzas = 0;

function stanzaId(): string {
  stanzas += 1;
  return `floor-${stanzas.toString(36)}`;
}

function roomIdOf(reference = ''): string {
  return reference.replace('room:', 'c_room_');
}

function roomOf(id: string): Room {
  const known = rooms.get(id) ?? { listeners: new Set<string>(), last: 0 };
  rooms.set(id, known);
  return known;
}

const calls = { connect, cpu: () => cpuMicros() };

/** What the floor's process can be asked. */
export type FloorCalls = typeof calls;

answerParent(calls);
