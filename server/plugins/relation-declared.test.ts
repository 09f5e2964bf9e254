import * as v from 'valibot';
import { expect, test } from 'vitest';
import { UserId } from '../../protocol/ids.ts';
import { codeOf, type Device, Stage } from '../bin/contract-stage.ts';
import { answer, refuse } from '../core/effect.ts';
import type { Plugin } from '../core/plugin.ts';
import { type RelationSlots, shippedRelations } from '../core/relation-kinds.ts';

const day = 86_400_000;

/** What a language school declares beside what is shipped. */
const school: RelationSlots = {
  ...shippedRelations,
  lesson: {
    kinds: {
      trial: { grants: ['message', 'calendar', 'presence'], expires: 7 * day },
      tutor: { grants: ['calendar', 'presence', 'seen'], asks: true },
    },
  },
  hours: {
    kinds: {
      resting: { takes: ['calendar', 'presence', 'seen'], private: true },
      leave: { takes: 'all', absent: true, private: true, expires: 14 * day },
    },
  },
};

/** Shows a calendar to whom its owner has granted that, which is a word of the school's own. */
const calendar: Plugin = {
  name: 'calendar',
  needs: ['relations'],
  install: (host) => {
    const relations = host.service('relations');
    host.on(
      'calendar.show',
      async ({ action, read, user, now }) => {
        const between = await relations.between(read, user.id, action.body.user, now);
        return between.may('calendar') ? [answer('ack', {})] : [refuse('not_found')];
      },
      { schema: v.strictObject({ user: UserId }) },
    );
  },
};

async function lesson(): Promise<{ stage: Stage; tia: Device; pia: Device }> {
  const stage = await Stage.open({ relations: school, prepare: (friend) => void friend.plug(calendar) });
  return { stage, tia: await stage.named('tia', 'Tia'), pia: await stage.named('pia', 'Pia') };
}

async function sees(one: Device, other: Device): Promise<string | undefined> {
  const [shown] = await one.answers(one.action('calendar.show', { user: other.user }));
  return shown && codeOf(shown);
}

async function passes(stage: Stage, ms: number, ...people: readonly Device[]): Promise<void> {
  stage.clock.advance(ms);
  for (const person of [...people, ...people]) await person.quiet();
}

/** All that `one` knows to stand between the two. */
async function standsFor(one: Device, other: Device): Promise<string[]> {
  const shown = await one.ask('user.show', { user: other.user });
  if (shown.type !== 'user.shown') throw new Error(`It was ${shown.type}.`);
  return shown.body.relations.map(({ kind, own }) => `${kind} ${own ? 'own' : 'theirs'}`);
}

test('grants what a kind of a site’s own grants, until the time of the kind is over, and tells both of its end', async () => {
  const { stage, tia, pia } = await lesson();
  expect(await sees(pia, tia)).toBe('not_found');

  await tia.ask('relation.set', { user: pia.user, kind: 'trial' });
  const during = [await sees(pia, tia), await sees(tia, pia), await standsFor(pia, tia)];
  await passes(stage, 7 * day - 1_000, tia, pia);
  const last = await sees(pia, tia);
  await passes(stage, 2_000, tia, pia);

  expect(during).toEqual(['ack', 'not_found', ['trial theirs']]);
  expect([last, await sees(pia, tia), await standsFor(pia, tia), await standsFor(tia, pia)]).toEqual([
    ...['ack', 'not_found'],
    ...[[], []],
  ]);
  const told = pia.told.flatMap((fact) => (fact.type === 'relation.changed' ? [fact.body.relations.length] : []));
  expect(told).toEqual([1, 0]);
});

test('asks first where a kind of a site’s own says so, and gives it to the asker alone', async () => {
  const { tia, pia } = await lesson();

  const stated = await tia.ask('relation.ask', { user: pia.user, kind: 'tutor' });
  const before = await sees(tia, pia);
  await pia.ask('relation.accept', { user: tia.user });

  expect([codeOf(stated), before, await sees(tia, pia), await sees(pia, tia)]).toEqual([
    ...['relation.changed', 'not_found', 'ack', 'not_found'],
  ]);
});

test('takes what a limit of a site’s own takes, from both and untold', async () => {
  const { tia, pia } = await lesson();
  await tia.ask('relation.set', { user: pia.user, kind: 'trial' });
  const from = pia.told.length;

  await tia.ask('relation.set', { user: pia.user, kind: 'resting' });
  const limited = [await sees(pia, tia), codeOf(await pia.says(`user:${tia.user}`, 'Are you there?'))];
  await tia.ask('relation.end', { user: pia.user, slot: 'hours' });

  expect(limited).toEqual(['not_found', 'message.sent']);
  expect(await sees(pia, tia)).toBe('ack');
  expect(pia.told.slice(from).filter(({ type }) => type === 'relation.changed')).toEqual([]);
});

test('looks like nobody there where a kind of a site’s own says so, for two weeks', async () => {
  const { stage, tia, pia } = await lesson();
  await tia.ask('relation.set', { user: pia.user, kind: 'leave' });

  const unheard = await pia.says(`user:${tia.user}`, 'Are you there?');
  const own = await tia.says(`user:${pia.user}`, 'No');
  await passes(stage, 14 * day + 1_000, tia, pia);
  await pia.says(`user:${tia.user}`, 'Are you back?');
  await tia.quiet();

  expect([codeOf(unheard), codeOf(own)]).toEqual(['message.sent', 'limited']);
  const heard = tia.told.flatMap((fact) => (fact.type === 'message.sent' ? [fact.body.text] : []));
  expect(heard).toEqual(['Are you back?']);
});
