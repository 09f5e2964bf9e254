import { expect, test } from 'vitest';
import type { Actions } from '../../protocol/actions.ts';
import { answerOf, type Extras, type Form } from '../../protocol/extras.ts';
import type { AnyFact } from '../../protocol/facts.ts';
import { codeOf, type Device, Stage, type StageOptions } from '../bin/contract-stage.ts';
import { append } from '../core/effect.ts';

const colours: Extras = {
  replies: [
    { id: 'red', label: 'Red' },
    { id: 'blue', label: 'Blue' },
  ],
};

const contact: Form = {
  fields: [
    { id: 'mail', label: 'E-mail', kind: 'email', required: true },
    { id: 'age', label: 'Age', kind: 'number', min: 18 },
  ],
};

/** A friend that offers `extras` to whoever says “?”, and what its reactions heard of the answers. */
async function offering(extras: Extras, options: StageOptions = {}) {
  const answers: unknown[] = [];
  const stage = await Stage.open({
    ...options,
    prepare: (friend) =>
      friend
        .after('message.sent', ({ fact }) =>
          fact.body.text === '?' ? [append(fact.log, 'message.sent', { text: 'Well?', extras }, { item: true })] : [],
        )
        .after('message.answered', ({ fact: { body, by } }) => {
          const { choice, values } = body;
          answers.push({ by, of: body.of, ...(choice && { choice }), ...(values && { mail: values.mail }) });
          return [];
        }),
  });
  return { stage, answers };
}

/** Asks in `conversation`; returns the place of the offer. */
async function asking(device: Device, conversation: string): Promise<{ log: string; seq: number }> {
  const { log = '' } = await device.says(conversation, '?');
  const isOffer = (fact: AnyFact): boolean => fact.type === 'message.sent' && fact.body.text === 'Well?';
  const offer = await device.heard((fact) => fact.log === log && isOffer(fact));
  return { log, seq: offer.seq ?? 0 };
}

function answer(device: Device, { log, seq }: { log: string; seq: number }, given: object): Promise<AnyFact> {
  return device.ask('message.answer', { conversation: log, seq, ...given } as Actions['message.answer']);
}

async function extrasAt(stage: Stage, { log, seq }: { log: string; seq: number }): Promise<Extras> {
  const [fact] = await stage.store.page({ log, after: seq - 1, limit: 1 });
  return JSON.parse(fact?.body ?? '{}').extras;
}

test('takes a choice once, tells it to all, and leads it to the reactions', async () => {
  const { stage, answers } = await offering(colours);
  const [vera, helper] = [await stage.person('vera'), await stage.colleague('helper')];
  const place = await asking(vera, 'support');

  const chosen = await answer(vera, place, { choice: 'blue' });
  const told = await helper.heard(({ type }) => type === 'message.answered');
  const again = [await answer(vera, place, { choice: 'blue' }), await answer(vera, place, { choice: 'red' })];
  await vera.quiet();

  expect(chosen).toMatchObject({ type: 'message.answered', by: vera.user, body: { of: place.seq, choice: 'blue' } });
  expect(told.body).toEqual(chosen.body);
  expect(again.map(codeOf)).toEqual(['answered', 'answered']);
  expect(answerOf(await extrasAt(stage, place), vera.user)).toEqual({ choice: 'blue' });
  expect(answers).toEqual([{ by: vera.user, of: place.seq, choice: 'blue' }]);
});

test.each<[string, Extras, object, string, string | undefined]>([
  ['a choice that is not offered', colours, { choice: 'green' }, 'schema', 'choice'],
  ['no answer', colours, {}, 'schema', 'choice'],
  ['values without a form', colours, { values: { mail: 'kim@example.com' } }, 'schema', 'values'],
  [
    'a way to a page',
    { buttons: [{ id: 'go', label: 'Go', href: 'https://x.org' }] },
    { choice: 'go' },
    'not_found',
    undefined,
  ],
  ['a field that is missing', { form: contact }, { values: { age: 20 } }, 'schema', 'mail'],
  ['a field that is wrong', { form: contact }, { values: { mail: 'kim@example.com', age: 3 } }, 'schema', 'age'],
  ['a field that does not exist', { form: contact }, { values: { mail: 'a@b', iban: 'x' } }, 'schema', 'iban'],
  ['both at once', { ...colours, form: contact }, { choice: 'red', values: { mail: 'a@b' } }, 'schema', 'values'],
])('refuses %s', async (_, extras, given, code, detail) => {
  const { stage, answers } = await offering(extras);
  const vera = await stage.person('vera');
  const place = await asking(vera, 'support');

  const refused = await answer(vera, place, given);

  expect([codeOf(refused), refused.type === 'error' ? refused.body.detail : refused.body]).toEqual([code, detail]);
  expect(answers).toEqual([]);
});

test('refuses an answer to what offers nothing, and of who only looks', async () => {
  const { stage } = await offering(colours);
  const [vera, eve] = [await stage.person('vera'), await stage.person('eve')];
  const place = await asking(vera, 'room:lobby');
  const plain = await vera.says('room:lobby', 'Hello');

  const refused = [
    await answer(vera, { log: place.log, seq: plain.seq ?? 0 }, { choice: 'red' }),
    await answer(eve, place, { choice: 'red' }),
    await answer(vera, { log: place.log, seq: 1 }, { choice: 'red' }),
  ];

  expect(refused.map(codeOf)).toEqual(['not_found', 'not_found', 'not_found']);
});

test('takes quick replies away with the first answer, and buttons with nobody’s', async () => {
  const buttons = [{ id: 'more', label: 'More' }];
  const { stage } = await offering({ ...colours, buttons });
  const [ann, bob, eve] = [await stage.person('ann'), await stage.person('bob'), await stage.person('eve')];
  for (const one of [bob, eve]) await one.says('room:lobby', 'Hello');
  const place = await asking(ann, 'room:lobby');

  const answers = [
    await answer(ann, place, { choice: 'red' }),
    await answer(bob, place, { choice: 'blue' }),
    await answer(bob, place, { choice: 'more' }),
    await answer(eve, place, { choice: 'more' }),
  ];

  expect(answers.map(codeOf)).toEqual(['message.answered', 'answered', 'message.answered', 'message.answered']);
});

test('shows what is filled into a form to all readers of support, and in a group to nobody else', async () => {
  const { stage, answers } = await offering({ form: contact });
  const [ann, bob, helper] = [await stage.person('ann'), await stage.person('bob'), await stage.colleague('helper')];
  await bob.says('room:lobby', 'Hello');
  const values = { mail: 'ann@example.com' };
  const inRoom = await asking(ann, 'room:lobby');
  const inSupport = await asking(ann, 'support');

  const given = await answer(ann, inRoom, { values });
  await answer(ann, inSupport, { values });
  await helper.heard(({ type }) => type === 'message.answered');
  await bob.quiet();

  expect(given).toMatchObject({ type: 'message.answered', body: { values } });
  expect(JSON.stringify(bob.told)).not.toContain('ann@example.com');
  expect(answerOf(await extrasAt(stage, inRoom), ann.user)).toEqual({});
  expect(codeOf(await answer(ann, inRoom, { values }))).toBe('answered');
  expect(answers).toMatchObject([{ mail: 'ann@example.com' }, { mail: 'ann@example.com' }]);
});

test('takes what was filled in from the disk when the message is deleted', async () => {
  const { stage } = await offering({ form: contact });
  const [vera, helper] = [await stage.person('vera'), await stage.colleague('helper')];
  const place = await asking(vera, 'support');
  await answer(vera, place, { values: { mail: 'vera@example.com' } });

  const deleted = await helper.ask('message.delete', { conversation: place.log, seq: place.seq });

  expect(deleted.type).toBe('message.deleted');
  const bodies = (await stage.store.page({ log: place.log, limit: 99 })).map(({ body }) => body).join();
  expect(bodies).not.toContain('vera@example.com');
  expect(codeOf(await answer(vera, place, { values: { mail: 'again@example.com' } }))).toBe('not_found');
});
