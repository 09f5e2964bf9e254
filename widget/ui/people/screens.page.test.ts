import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Person, Related } from '../../../protocol/facts.ts';
import type { Conversation, View } from '../../core/view.ts';
import { en } from '../../i18n/en.ts';
import { enPeople } from '../../i18n/en-people.ts';
import { clearStages, me, named, type Stage, soon, stage, viewOf } from '../stage.test.tsx';

beforeEach(() => page.viewport(440, 760));
afterEach(clearStages);

const bea: Person = { id: 'bea', name: 'Bea', kind: 'user', verified: true };
const near: Related = {
  person: bea,
  relations: [true, false].map((own) => ({ slot: 'closeness', kind: 'contact', own, since: 0 })),
};

/** A screen about people, as it stands when it is drawn. */
async function shown(screen: View['screen'], more: Partial<View> = {}, group: Partial<Conversation> = {}) {
  const panel = stage(
    viewOf(
      { id: 'c_1', kind: 'group', name: 'Tea', role: 'owner', ...group },
      { screen, related: { bea: near }, relatedListed: true, people: { me, bea }, ...more },
    ),
  );
  await expect.poll(() => panel.all('.people'), soon).toHaveLength(1);
  return panel;
}

/** The button with these words. */
function button({ all }: Stage, words: string): HTMLElement {
  const found = all('button').find(({ textContent }) => textContent?.trim() === words);
  if (!found) throw new Error(`no button says ${words}`);
  return found;
}

test('creates a group from its name and its people by the keyboard alone', async () => {
  const panel = await shown({ at: 'new-group' });
  panel.one('.form input.field').focus();

  await userEvent.keyboard('  Tea at five ');
  panel.one('.pick input').focus();
  await userEvent.keyboard(' ');
  panel.one('.form input.field').focus();
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('{Enter}');

  const body = { name: 'Tea at five', public: false, history: 'all', people: ['bea'] };
  expect(named(panel.acts, 'wish')).toEqual([{ type: 'conversation.create', body }]);
});

test('creates a public group that keeps its past to itself by clicks, and none without a name', async () => {
  const panel = await shown({ at: 'new-group' }, { related: {} });
  const create = button(panel, enPeople.create);
  expect(create).toHaveProperty('disabled', true);
  expect(panel.one('fieldset .quiet').textContent).toBe(enPeople.noneToAdd);
  await userEvent.fill(panel.one('.form input.field'), 'Tea');

  await userEvent.click(panel.all('.menu button')[0] as HTMLElement);
  await userEvent.click(panel.all('.menu button')[1] as HTMLElement);
  await userEvent.click(create);

  const body = { name: 'Tea', public: true, history: 'joined' };
  expect(named(panel.acts, 'wish')).toEqual([{ type: 'conversation.create', body }]);
});

test('lets who is in no group yet come into it, and offers him nothing else to do there', async () => {
  const panel = await shown({ at: 'group', id: 'c_1' }, {}, { member: false, public: true });

  await userEvent.click(button(panel, enPeople.join));

  expect(named(panel.acts, 'wish')).toEqual([{ type: 'conversation.join', body: { conversation: 'c_1' } }]);
  expect(panel.all('.scroll .acts button, .scroll .menu button')).toHaveLength(1);
});

test('adds people to a group by the keyboard, and gives the focus back', async () => {
  const panel = await shown({ at: 'group', id: 'c_1' });
  button(panel, enPeople.addPeople).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => panel.root.activeElement?.getAttribute('type'), soon).toBe('checkbox');

  await userEvent.keyboard(' {Tab}{Enter}');

  expect(named(panel.acts, 'wish')).toEqual([{ type: 'member.add', body: { conversation: 'c_1', users: ['bea'] } }]);
  await expect.poll(() => panel.all('.sheet'), soon).toHaveLength(0);
  expect(panel.root.activeElement?.textContent).toBe(enPeople.addPeople);
});

test('asks before it leaves a group, and stays on Escape', async () => {
  const panel = await shown({ at: 'group', id: 'c_1' });
  await userEvent.click(panel.one('.more > summary'));
  await userEvent.click(button(panel, enPeople.leave));
  await expect.poll(() => panel.root.activeElement?.textContent, soon).toBe(enPeople.cancel);
  await userEvent.keyboard('{Escape}');
  expect(named(panel.acts, 'wish')).toEqual([]);

  await userEvent.click(button(panel, enPeople.leave));
  await userEvent.click(panel.one('.sheet .danger'));

  expect(named(panel.acts, 'wish')).toEqual([{ type: 'conversation.leave', body: { conversation: 'c_1' } }]);
  expect(named(panel.acts, 'panel.close')).toEqual([]);
});

test('fetches more members, and waits in words for a group that is not there yet', async () => {
  const list = [{ person: bea, role: 'member' }] as const;
  const panel = await shown({ at: 'group', id: 'c_1' }, { members: { c_1: { list, next: 'bea' } } });
  await userEvent.click(button(panel, enPeople.moreMembers));
  expect(named(panel.acts, 'members.more')).toEqual([{ id: 'c_1' }]);

  panel.panel.update(viewOf({}, { screen: { at: 'group', id: 'c_9' } }));

  expect(panel.one('.people .loading').textContent).toContain(en.slow);
});

test('takes another name by the keyboard, where the site does not vouch for one', async () => {
  const panel = await shown({ at: 'me' });
  button(panel, `${enPeople.name}${me.name}`).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => panel.root.activeElement?.localName, soon).toBe('input');

  await userEvent.fill(panel.one('.sheet input'), 'Ann');
  await userEvent.keyboard('{Enter}');

  expect(named(panel.acts, 'wish')).toEqual([{ type: 'profile.set', body: { name: 'Ann' } }]);
});

test('says that a vouched name stays, and that a file is no picture', async () => {
  const panel = await shown({ at: 'me' }, { me: { ...me, verified: true } });
  const field = panel.one('.file input') as HTMLInputElement;
  const chosen = new DataTransfer();
  chosen.items.add(new File(['no picture'], 'a.png', { type: 'image/png' }));

  field.files = chosen.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));

  await expect
    .poll(() => panel.all('[role=alert]').map(({ textContent }) => textContent), soon)
    .toEqual([enPeople.badPicture]);
  expect(panel.one('.fixed').textContent).toBe(`${enPeople.name}${enPeople.nameFixed}`);
  expect(named(panel.acts, 'wish')).toEqual([]);
});

test('logs another device out once that is confirmed, and never this one', async () => {
  const devices = [
    { device: 'd_1', current: true, at: 0 },
    { device: 'd_2', current: false, at: 0 },
  ];
  const panel = await shown({ at: 'me' }, { devices } as Partial<View>);
  expect(panel.all('.side').map(({ textContent }) => textContent)).toEqual([
    enPeople.thisDevice,
    `${enPeople.device}${enPeople.logOut}`,
  ]);
  button(panel, enPeople.logOut).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => panel.root.activeElement?.textContent, soon).toBe(enPeople.cancel);

  await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Enter}');
  // The focus is back on it, and nothing comes of it as long as the friend has not answered.
  await userEvent.keyboard('{Enter}');

  expect(named(panel.acts, 'wish')).toEqual([{ type: 'device.revoke', body: { device: 'd_2' } }]);
  expect(button(panel, enPeople.logOut).ariaDisabled).toBe('true');
  expect(panel.all('.sheet')).toEqual([]);
});

test('says on these screens why nothing came of a wish', async () => {
  const panel = await shown({ at: 'new-group' }, { notice: { wish: 'conversation.create', code: 'schema' } });

  await expect.poll(() => panel.one('.notice-place').textContent, soon).toBe(enPeople.notices.schema);
});

test('lets in again who was removed for good, and offers nothing else for him', async () => {
  const list = [{ person: bea, role: 'banned' }] as const;
  const panel = await shown({ at: 'group', id: 'c_1' }, { members: { c_1: { list } } });
  await userEvent.click(panel.one('.person .tool'));
  const offered = panel.all('.sheet button').map(({ textContent }) => textContent?.trim());

  await userEvent.click(button(panel, enPeople.unban));

  expect(panel.one('.person').textContent).toContain(enPeople.roles.banned);
  expect(offered.filter((words) => words === enPeople.ban || words === enPeople.remove)).toEqual([]);
  expect(named(panel.acts, 'wish')).toEqual([{ type: 'member.unban', body: { conversation: 'c_1', user: 'bea' } }]);
});

test('lets somebody be sent away again who was sent away and has come back', async () => {
  const list = [{ person: bea, role: 'member' }] as const;
  const group = { screen: { at: 'group', id: 'c_1' }, members: { c_1: { list } } } as const;
  const panel = await shown(group.screen, group);
  const options = () => panel.one('.person .tool');
  await userEvent.click(options());
  await userEvent.click(button(panel, enPeople.remove));
  await userEvent.click(panel.one('.sheet .danger'));
  const gone = { ...group, members: { c_1: { list: [] } }, people: { me, bea } };
  const back = { ...group, members: { c_1: { list: [...list] } }, people: { me, bea } };

  panel.panel.update(viewOf({ kind: 'group', role: 'owner' }, gone));
  await expect.poll(() => panel.all('.person .tool')).toHaveLength(0);
  panel.panel.update(viewOf({ kind: 'group', role: 'owner' }, back));

  await expect.poll(() => options().ariaDisabled).toBe('false');
});

test('sends a member away once, and lets that be tried again where it was refused', async () => {
  const list = [{ person: bea, role: 'member' }] as const;
  const group = { screen: { at: 'group', id: 'c_1' }, members: { c_1: { list } } } as const;
  const panel = await shown(group.screen, group);
  const options = () => panel.one('.person .tool');
  await userEvent.click(options());
  await userEvent.click(button(panel, enPeople.remove));

  await userEvent.click(panel.one('.sheet .danger'));
  await userEvent.keyboard('{Enter}');

  expect(named(panel.acts, 'wish')).toEqual([{ type: 'member.remove', body: { conversation: 'c_1', user: 'bea' } }]);
  expect([options().ariaDisabled, panel.all('.sheet').length]).toEqual(['true', 0]);
  expect(panel.root.activeElement).toBe(options());
  const notice = { wish: 'member.remove', code: 'forbidden' };
  panel.panel.update(viewOf({ kind: 'group', role: 'owner' }, { ...group, notice, people: { me, bea } }));
  await expect.poll(() => options().ariaDisabled).toBe('false');
});
