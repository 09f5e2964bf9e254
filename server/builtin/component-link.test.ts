import { expect, test } from 'vitest';
import { component, conditionOf, HOST, stage, visit } from './staged-visitor.ts';

const TO_FRIEND = "<message xmlns='jabber:client' to='friend.localhost' id='m'><body>hi</body></message>";

test('is up in a later macrotask, before the first stanza', () => {
  const place = stage();
  const visitor = visit(place);
  const told: string[] = [];
  const link = place.server.component('friend.localhost');

  link.open({ stanza: () => told.push('stanza'), up: () => told.push('up'), down: () => told.push('down') });
  visitor.stream.receive(TO_FRIEND);
  const atOnce = [...told];
  place.clock.advance(0);

  expect(atOnce).toEqual([]);
  expect(told).toEqual(['up', 'stanza']);
});

test('refuses a second link of the same domain and keeps the first', () => {
  const place = stage();
  const first = component(place);

  const second = component(place, 'FRIEND.localhost');
  first.open();
  visit(place).say(TO_FRIEND);

  expect(second.states).toEqual(['down: conflict']);
  expect(first.states).toEqual(['up', 'down: conflict']);
  expect([first.stanzas().length, second.stanzas().length]).toEqual([1, 0]);
});

test('serves a friend that closes and opens again, and returns what comes in between', () => {
  const place = stage();
  const friend = component(place);
  const visitor = visit(place);

  friend.link.close();
  const between = visitor.say(TO_FRIEND).map(conditionOf);
  friend.open();
  const after = visitor.say(TO_FRIEND);

  expect(between).toEqual(['cancel remote-server-not-found']);
  expect(after).toEqual([]);
  expect(friend.stanzas()).toHaveLength(1);
  expect(friend.states).toEqual(['up', 'up']);
});

test('hands nothing over after close, not even what was on its way', () => {
  const place = stage();
  const friend = component(place);
  const visitor = visit(place);

  visitor.stream.receive(TO_FRIEND);
  friend.link.close();
  friend.link.send(`<message from='friend.localhost' to='${visitor.jid}'/>`);

  expect(friend.stanzas()).toEqual([]);
  expect(visitor.heard()).toEqual([]);
  expect(place.logged).toEqual(['A component sent without a link.']);
});

test('tells the sender to wait when too much waits for the component', () => {
  const place = stage({ componentQueue: 2 });
  const friend = component(place);
  const visitor = visit(place);

  for (let sent = 0; sent < 3; sent += 1) visitor.stream.receive(TO_FRIEND);
  const returned = visitor.heard();

  expect(returned.map(conditionOf)).toEqual(['wait resource-constraint']);
  expect(friend.stanzas()).toHaveLength(2);
});

test.each([
  ['<message from="friend.localhost">\u0001</message>', 'not-well-formed'],
  ['<message', 'not-well-formed'],
  ['<handshake/>', 'unsupported-stanza-type'],
  ['<message xmlns="jabber:server"/>', 'invalid-namespace'],
])('ends the link of a component that sends %j', (text, condition) => {
  const place = stage();
  const friend = component(place);

  friend.link.send(text);
  place.clock.advance(0);

  expect(friend.states).toEqual(['up', `down: ${condition}`]);
});

test('survives a component whose listener throws', () => {
  const place = stage();
  const visitor = visit(place);
  let calls = 0;
  const fail = () => {
    calls += 1;
    throw new Error('broken');
  };
  place.server.component('friend.localhost').open({ stanza: fail, up: fail, down: fail });

  visitor.stream.receive(TO_FRIEND);
  visitor.stream.receive(TO_FRIEND);
  visitor.heard();

  expect(calls).toBe(3);
  expect(place.logged).toEqual(Array(3).fill('A component failed.'));
});

test('ends every stream and link when the server stops, and takes no new ones', () => {
  const place = stage();
  const friend = component(place);
  const visitor = visit(place);

  place.server.close();
  const [error] = visitor.heard();
  friend.open();
  const late = visit(place, 0);
  place.clock.advance(0);

  expect(conditionOf(error)).toBe('system-shutdown');
  expect(friend.states).toEqual(['up', 'down: system-shutdown', 'down: system-shutdown']);
  expect([late.closed, place.server.sessions]).toEqual(['1001 system-shutdown', 0]);
});

test('takes no more than the allowed number of streams', () => {
  const place = stage({ sessions: 2 });
  const [first] = [visit(place), visit(place)];

  const refused = visit(place, 1);
  first?.stream.closed();
  const next = visit(place);

  expect(refused.closed).toBe('1013 resource-constraint');
  expect(next.jid).not.toBe('');
});

test('refuses the page of another origin, and takes who names none', () => {
  const place = stage({}, ['https://shop.example']);
  const closes: string[] = [];
  const socket = { send: () => {}, close: (code?: number, reason?: string) => closes.push(`${code} ${reason}`) };

  for (const origin of ['https://evil.example', 'null', 'https://shop.example', undefined]) {
    place.server.accept(socket, origin);
  }
  place.clock.advance(0);

  expect(closes).toEqual(Array(2).fill('1008 policy-violation'));
  expect(place.server.sessions).toBe(2);
});

test.each([HOST, 'a@b', 'a/b', ''])('gives no link to a component called %j', (domain) => {
  const { server } = stage();

  const open = () => server.component(domain);

  expect(open).toThrow();
});
