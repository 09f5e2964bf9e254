import { expect, test } from 'vitest';
import { teaParty } from '../bin/contract-group.ts';
import { codeOf, Stage, type StageOptions, textsOf } from '../bin/contract-stage.ts';
import type { Friend } from '../core/friend.ts';

interface Held {
  readonly options: StageOptions;
  /** Holds the next decision on an action of this type, once it is taken; resolves when it is. */
  hold(type: string): Promise<void>;
  release(): void;
}

function holding(): Held {
  let held = '';
  let begun = (): void => undefined;
  let release = (): void => undefined;
  const prepare = (friend: Friend) =>
    friend.use(async ({ action }, next) => {
      const effects = await next();
      if (action.type !== held) return effects;
      held = '';
      begun();
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return effects;
    });
  return {
    options: { prepare },
    hold(type) {
      held = type;
      return new Promise((resolve) => {
        begun = resolve;
      });
    },
    release: () => release(),
  };
}

test.each([
  ['conversation.open', (tea: string) => ({ conversation: tea })],
  ['log.resume', (tea: string) => ({ logs: { [tea]: 1 } })],
] as const)('lets nobody hear a group who was removed while %s was decided', async (type, body) => {
  const { options, hold, release } = holding();
  const { ann, bob, tea } = await teaParty({}, options);
  await ann.ask('member.add', { conversation: tea, users: [bob.user] });
  await bob.quiet();

  const begun = hold(type);
  const opening = bob.send(bob.action(type, body(tea)));
  await begun;
  await ann.ask('member.remove', { conversation: tea, user: bob.user });
  release();
  await opening;
  await bob.quiet();
  await ann.says(tea, 'Among ourselves');
  await bob.quiet();

  expect(textsOf(bob.told)).not.toContain('Among ourselves');
});

test('connects no device that was logged out while its opening was decided', async () => {
  const { options, hold, release } = holding();
  const stage = await Stage.open(options);
  const ann = await stage.person('ann');
  const other = stage.device('tab', ann.secret);

  const begun = hold('connection.open');
  const opening = other.open();
  await begun;
  await ann.ask('user.logout', {});
  release();
  await opening;
  const said = await other.says('room:lobby', 'Still here');

  expect(codeOf(said)).toBe('not_open');
});
