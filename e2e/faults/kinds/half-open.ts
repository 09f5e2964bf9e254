import { setTimeout as delay } from 'node:timers/promises';
import { type Fault, percentile, spreadOf } from '../report.ts';
import { onStage } from '../stage.ts';

const sizes = { quick: { clients: 6, perRoom: 3 }, full: { clients: 30, perRoom: 5 } };

const seenLimit = 10_000;
const storedLimit = 3_000;

/** Connections that swallow everything without a word, while an answer is due. */
export const halfOpen: Fault = {
  name: 'half-open',
  run: (size) =>
    onStage(async (stage) => {
      const { clients, perRoom } = sizes[size];
      const crowd = await Promise.all(
        Array.from({ length: clients }, async (_, index) => {
          const door = await stage.ownDoor();
          return { door, client: stage.client(`v${index}`, `r${Math.floor(index / perRoom)}`, { door }) };
        }),
      );
      await stage.welcome(crowd.map(({ client }) => client));
      const fates = await Promise.all(
        crowd.map(async ({ client, door }) => {
          await delay(Math.random() * 1_000);
          const standing = door.open;
          const turns = client.turns.length;
          const dials = door.connects.length;
          door.blackHole();
          client.says();
          const began = performance.now();
          while (
            client.turns.length === turns &&
            door.connects.length === dials &&
            performance.now() - began < 20_000
          ) {
            await delay(5);
          }
          const seen = performance.now() - began;
          await delay(Math.random() * 2_000);
          const answer = client.nextAnswer();
          door.heal();
          const healed = performance.now();
          const stored = await Promise.race([answer, delay(30_000, Number.POSITIVE_INFINITY, { ref: false })]);
          return { standing, seen, stored: stored - healed };
        }),
      );
      const judged = await stage.judge();
      const seen = spreadOf(fates.map((fate) => fate.seen));
      const backWithin = spreadOf(fates.map((fate) => fate.stored));
      const broken = [
        ...judged.broken,
        ...(seen.max > seenLimit ? [`seen only after ${seen.max} ms`] : []),
        ...(backWithin.max > storedLimit ? [`stored only ${backWithin.max} ms after healing`] : []),
      ];
      const figures = {
        'seen p50': percentile(
          fates.map((fate) => fate.seen),
          0.5,
        ),
        'seen max': seen.max,
      };
      const injected = fates.filter(({ standing }) => standing === 1).length;
      return { injected, wanted: clients, ...judged, backWithin, broken, figures };
    }),
};
