import axe from 'axe-core';
import { render } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import studio from '../../studio/studio.css?inline';
import { compiled } from '../code/compiled.ts';
import line from '../line.css?inline';
import { Playing } from '../run/playing.ts';
import { Room } from '../run/room.ts';
import sheet from '../run.css?inline';
import hello from '../starts/hello.ts?raw';
import { RunPage } from './RunPage.tsx';

const style = document.head.appendChild(document.createElement('style'));
style.textContent = `${studio}${sheet}${line}`;

let playing: Playing | undefined;

afterEach(async () => {
  render(null, document.body);
  await playing?.stop();
  playing = undefined;
});

async function running(source = hello): Promise<Room> {
  await page.viewport(1200, 800);
  document.body.className = 'run';
  playing = new Playing();
  const room = new Room(playing);
  render(<RunPage room={room} />, document.body);
  expect(await runs(room, source)).toEqual({});
  return room;
}

async function runs(room: Room, source: string): ReturnType<Room['run']> {
  const made = compiled(source);
  if ('fault' in made) throw new Error(made.fault.message);
  return room.run(made.js, 'room:lobby');
}

/** What one person's widget shows, without white space; nothing before it is there. */
function seenBy(id: string): string {
  const host = document.querySelector(`[data-person=${id}] befriend-chat`);
  return host?.shadowRoot?.querySelector('[role=log]')?.textContent ?? '';
}

async function says(id: string, text: string): Promise<void> {
  const field = await vi.waitUntil(
    () => document.querySelector(`[data-person=${id}] befriend-chat`)?.shadowRoot?.querySelector('textarea'),
    { timeout: 15_000 },
  );
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
}

function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(
    (one) => one.textContent?.trim() === name || one.getAttribute('aria-label') === name,
  );
  if (found === undefined) throw new Error(`There is no button ${name}.`);
  return found;
}

test('lets three people talk to what is written, and shows each step of it', async () => {
  await running();
  expect(document.querySelectorAll('.chat')).toHaveLength(3);

  await says('ann', 'hello');

  await vi.waitFor(() => expect(seenBy('bob')).toContain('Hello, Ann!'), { timeout: 15_000 });
  const steps = document.querySelector('.causes')?.textContent ?? '';
  expect(steps).toContain('reacted');
  expect(steps).toContain('Hello, Ann!');
});

test('goes on with what was said where the logic is mended, and keeps the old where it cannot be loaded', async () => {
  const room = await running();
  await says('ann', 'hello');
  await vi.waitFor(() => expect(seenBy('bob')).toContain('Hello, Ann!'), { timeout: 15_000 });

  const broken = await runs(room, 'throw new Error("not today");');
  const mended = await runs(room, hello.replace('Hello, ', 'Good day, '));
  await says('ann', 'hello');

  expect(broken).toMatchObject({ fault: { message: 'Error: not today' } });
  expect(mended).toEqual({});
  await vi.waitFor(() => expect(seenBy('bob')).toContain('Good day, Ann!'), { timeout: 15_000 });
  expect(seenBy('bob')).toContain('Hello, Ann!');
});

test('begins anew with the same people, as many as fit and by the names that they are given', async () => {
  const room = await running();
  await says('ann', 'hello');
  await vi.waitFor(() => expect(seenBy('bob')).toContain('Hello, Ann!'), { timeout: 15_000 });
  for (let more = 0; more < 3; more += 1) button('Add a person').click();
  room.rename('ann', 'Anna');
  await vi.waitFor(() => expect(document.querySelectorAll('.chat')).toHaveLength(6));
  expect(button('Add a person').disabled).toBe(true);
  button('Remove Eve').click();

  button('Reset').click();

  await vi.waitFor(() => expect(document.querySelector('[role=status]')?.textContent).toBe('Everything begins anew.'));
  expect(document.querySelectorAll('.chat')).toHaveLength(5);
  await says('ann', 'hello');
  await vi.waitFor(() => expect(seenBy('bob')).toContain('Hello, Anna!'), { timeout: 15_000 });
  expect(seenBy('bob')).not.toContain('Hello, Ann!');
});

test('cuts one person off and gives the network back, with nothing lost', async () => {
  const room = await running();
  await says('ann', 'hello');
  await vi.waitFor(() => expect(seenBy('bob')).toContain('Hello, Ann!'), { timeout: 15_000 });

  room.cut('ann', true);
  await says('ann', 'hello from the train');
  await vi.waitFor(() => expect(seenBy('ann')).toContain('hello from the train'));
  expect(seenBy('bob')).not.toContain('from the train');
  room.cut('ann', false);

  await vi.waitFor(() => expect(seenBy('bob')).toContain('hello from the train'), { timeout: 15_000 });
});

test.each(['light', 'dark'])('has nothing that axe finds, in %s colours', async (look) => {
  document.documentElement.style.colorScheme = look;
  await running();
  await says('ann', 'hello');
  await vi.waitFor(() => expect(seenBy('bob')).toContain('Hello, Ann!'), { timeout: 15_000 });
  button('Own event').click();
  await vi.waitFor(() => expect(document.querySelector('.own')).not.toBeNull());

  const chats = [...document.querySelectorAll('befriend-chat')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  const moving = chats.flatMap((root) => root.getAnimations());
  const finite = moving.filter((one) => one.effect?.getComputedTiming().iterations === 1);
  await Promise.allSettled(finite.map((one) => one.finished));

  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await axe.run(document.body, { runOnly, resultTypes: ['violations'] });

  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))).toEqual([]);
});
