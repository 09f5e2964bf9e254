import { conversation, on, type State, talk } from '../scene.ts';

function click(selector: string): (root: ShadowRoot) => void {
  return (root) => root.querySelector<HTMLElement>(selector)?.click();
}

/** Points at a message by the keyboard, and opens its menu once there is somebody to hear it. */
async function openMenu(root: ShadowRoot): Promise<void> {
  // A menu stands where its message is: on a panel that is still growing that is not yet the place.
  for (const growing of root.querySelector('.panel')?.getAnimations() ?? []) growing.finish();
  const row = root.querySelector<HTMLElement>('.row.own');
  row?.focus();
  for (let frames = 0; frames < 240 && !root.querySelector('.message-bar'); frames += 1)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  row?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
}

/** What opens over a conversation: menus, the emoji, the strip above the field, the search. */
export const openStates: readonly State[] = [
  {
    name: 'header-menu',
    view: on(conversation(talk)),
    does: click('.header .tool[aria-expanded]'),
    after: '[role=menuitem]',
  },
  { name: 'emoji', view: on(conversation(talk)), does: click('.tool.emoji'), after: '.emoji-row' },
  { name: 'message-menu', view: on(conversation(talk)), until: '.row', does: openMenu, after: '.deed' },
  {
    name: 'answering',
    view: on(conversation(talk), { composing: { ref: 'support', reply: 2 } }),
    until: '.strip',
  },
  {
    name: 'editing',
    view: on(conversation(talk), { composing: { ref: 'support', edit: 4, text: 'Good to know, thank you' } }),
    until: '.strip',
  },
];
