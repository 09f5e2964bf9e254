import { expect, test } from 'vitest';
import { asked, headOf } from '../bin/contract-group.ts';
import { codeOf, type Device, Stage, textsOf } from '../bin/contract-stage.ts';

const crowd = 1_000;

/** A public group into which a thousand people have come. */
async function thousand(): Promise<{ stage: Stage; ann: Device; people: Device[]; group: string }> {
  const stage = await Stage.open({ newUsers: { perSecond: 10_000, burst: 10_000 } });
  const ann = await stage.person('ann');
  const group = (await ann.ask('conversation.create', { name: 'Town', public: true })).log ?? '';
  const people: Device[] = [];
  for (let index = 1; index < crowd; index += 1) {
    const one = await stage.person(`p${index}`);
    await one.ask('conversation.join', { conversation: group });
    people.push(one);
  }
  return { stage, ann, people, group };
}

test('a thousand people are one group: each word to each once, its members in pages, and who goes hears no more', async () => {
  const { ann, people, group } = await thousand();
  const [first, last] = [people[0] as Device, people.at(-1) as Device];
  for (const one of people) one.told.length = 0;

  await ann.says(group, 'Welcome');
  await last.says(group, 'Hello all');
  await last.ask('member.list', { conversation: group });
  await ann.ask('member.remove', { conversation: group, user: first.user, ban: true });
  await ann.says(group, 'Without one');
  await Promise.all(people.map((one) => one.quiet()));

  const heard = new Set(people.slice(1).map((one) => textsOf(one.facts(group)).join()));
  expect([...heard]).toEqual(['Welcome,Hello all,Without one']);
  expect(textsOf(first.facts(group))).toEqual(['Welcome', 'Hello all']);
  expect(codeOf(await first.says(group, 'And I?'))).toBe('not_found');
  expect(await headOf(last, group)).toMatchObject({ members: crowd - 1, name: 'Town' });

  const names = new Set<string>();
  for (let after: string | undefined, pages = 0; pages < 100; pages += 1) {
    const page = await asked(
      ann,
      'member.list',
      { conversation: group, ...(after === undefined ? {} : { after }) },
      'member.listed',
    );
    for (const { person } of page.members) names.add(person.name);
    after = page.next;
    if (after === undefined) break;
  }
  expect(names.size).toBe(crowd - 1);
}, 120_000);
