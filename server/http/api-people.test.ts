import { expect, test } from 'vitest';
import { still } from '../bin/contract-hooks.ts';
import { secretOf, textsOf } from '../bin/contract-stage.ts';
import type { Put } from '../core/store.ts';
import { apiScene } from './contract-api.ts';

test('exports every way in and every relation, where they do not fit one piece', async () => {
  const { stage, ask } = await apiScene();
  const { user } = await stage.person('ann');
  const others = Array.from({ length: 120 }, (_, index) => `u_other${String(index).padStart(3, '0')}`);
  const relation = (other: string, slot: string): Put => ({
    table: 'relation',
    row: { owner: user, other, slot, kind: slot, since: 0 },
  });
  const login = (subject: string): Put => ({ table: 'login', row: { kind: 'jid', subject, user, device: '' } });
  const odd = relation('u_odd', 'notice');
  const puts = others.flatMap((other) => [relation(other, 'closeness'), relation(other, 'limit'), login(other)]);
  await stage.store.commit([{ id: 'many', digest: '', reads: [], appends: [], puts: [odd, ...puts] }], []);

  const { body } = await ask('GET', `/users/${user}/export`);

  const lines = String(body.answer)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { record: string; by?: string; other: string; slot: string });
  const relations = lines.filter(({ record }) => record === 'relation').map(({ other, slot }) => `${other} ${slot}`);
  expect(new Set(relations).size).toBe(relations.length);
  expect(relations).toHaveLength(241);
  expect(lines.filter(({ record, by }) => record === 'login' && by === 'jid')).toHaveLength(120);
});

test('exports what is kept of a user, and nothing that he may not see', async () => {
  const { stage, ask } = await apiScene();
  const [ann, bob] = [await stage.named('ann', 'Annemarie'), await stage.person('bob')];
  await ann.says(`user:${bob.user}`, 'a secret');
  await bob.says(`user:${ann.user}`, 'an answer');
  await bob.says('room:others', 'not for ann');
  await ask('PUT', `/users/${ann.user}/relations/${bob.user}`, { kind: 'muted' });

  const { status, headers, body } = await ask('GET', `/users/${ann.user}/export`);
  const lines = String(body.answer)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

  expect([status, headers.get('Content-Type')]).toEqual([200, 'application/jsonl']);
  expect(lines[0]).toMatchObject({ record: 'profile', id: ann.user, name: 'Annemarie' });
  expect(lines.filter(({ record }) => record === 'relation')).toMatchObject([
    { other: bob.user, slot: 'notice', kind: 'muted' },
  ]);
  expect(lines.filter(({ record }) => record === 'membership')).toHaveLength(1);
  expect(textsOf(lines)).toEqual(['a secret', 'an answer']);
  expect(String(body.answer)).not.toContain(secretOf('ann'));
  expect((await ask('GET', `/users/u_${'x'.repeat(20)}/export`)).status).toBe(404);
});

test('erases a user once, and says how far it is', async () => {
  const { stage, ask } = await apiScene();
  const ann = await stage.person('ann');
  await ann.says('room:lobby', 'my words');

  const begun = await ask('DELETE', `/users/${ann.user}`);
  await still(stage);
  const later = await ask('GET', `/users/${ann.user}/erasure`);
  const again = await ask('DELETE', `/users/${ann.user}`);

  expect([begun.status, begun.body.state, later.body.state, again.body.state]).toEqual([
    202,
    'erasing',
    'erased',
    'erased',
  ]);
  expect((await ask('GET', `/users/${ann.user}`)).status).toBe(404);
});

test('answers the same when an erasure is asked for again, as long as the answer is kept', async () => {
  const { stage, ask } = await apiScene();
  const made = await ask('PUT', '/users/sub:7', { name: 'Ann Example' });
  const { id } = made.body.user as { id: string };

  const begun = await ask('DELETE', '/users/sub%3A7', undefined, { id: 'gone-7' });
  await still(stage);
  const again = await ask('DELETE', '/users/sub%3A7', undefined, { id: 'gone-7' });
  stage.clock.advance(15 * 86_400_000);
  const late = await ask('DELETE', '/users/sub%3A7', undefined, { id: 'gone-7' });

  expect([begun.status, again.status, late.status, late.body.code]).toEqual([202, 202, 409, 'id_reused']);
  expect([begun.body, again.body]).toEqual([
    { user: id, state: 'erasing' },
    { user: id, state: 'erasing' },
  ]);
});
