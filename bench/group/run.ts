import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Child, startChild } from '../child.ts';
import type { FriendCalls } from '../friend/process.ts';
import { addresses, visitorsHost } from '../routing/bench-server.ts';
import { median, rounded } from '../routing/pairs.ts';
import { loseOneMessage, storedMessages } from '../routing/proof.ts';
import type { CrowdCalls, GroupRound, Meeting } from './crowd.ts';
import { mucHosts, startMucServer } from './muc-server.ts';
import { type GroupProof, groupContradictionIn } from './proof.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** People of each crowd. */
    occupants: { type: 'string' },
    /** `row` loses a row of the data file: the run has to end with exit code 1. */
    plant: { type: 'string' },
  },
});

const occupants = Number(values.occupants ?? (values.quick ? 300 : 1_000));
const [pairs, ms] = values.quick ? [3, 500] : [11, 2_000];
const window = 20;

interface Pair {
  readonly friend: GroupRound;
  readonly muc: GroupRound;
}

function perSecond({ deliveries, ms: took }: GroupRound): number {
  return (deliveries / took) * 1_000;
}

/** The room and the group in turns; which of them begins changes from pair to pair. */
async function measure(crowd: Child<CrowdCalls>): Promise<Pair[]> {
  const measured: Pair[] = [];
  const round = (meeting: Meeting) => crowd.ask('round', { meeting, window, ms });
  for (let index = 0; index < pairs; index += 1) {
    const [one, other] = index % 2 === 0 ? (['muc', 'friend'] as const) : (['friend', 'muc'] as const);
    const rounds = { [one]: await round(one), [other]: await round(other) } as unknown as Pair;
    measured.push(rounds);
    const shown = Object.entries(rounds).map(([name, it]) => `${name} ${perSecond(it).toFixed(0)} deliveries/s`);
    console.log(`group of ${occupants}  `, shown.sort().join('  '));
  }
  return measured;
}

async function figures(
  crowd: Child<CrowdCalls>,
  friend: Child<FriendCalls>,
  path: string,
): Promise<Record<string, unknown>> {
  await crowd.ask('round', { meeting: 'muc', window, ms: 500 });
  await crowd.ask('round', { meeting: 'friend', window, ms: 500 });
  const cpu = await friend.ask('cpu', undefined);
  const measured = await measure(crowd);
  const spent = (await friend.ask('cpu', undefined)) - cpu;
  const seen = await crowd.ask('seen', { meeting: 'friend' });
  await friend.ask('stop', undefined);
  if (values.plant === 'row') loseOneMessage(path);
  const proof: GroupProof = { ...seen, stored: storedMessages(path) };
  const contradiction = groupContradictionIn(proof);
  if (contradiction !== undefined) {
    console.error(`The figures do not hold: ${contradiction}.`);
    process.exitCode = 1;
  }
  const told = measured.reduce((sum, { friend: { deliveries } }) => sum + deliveries, 0);
  return {
    groupRatio: rounded(median(measured.map(({ friend: of, muc }) => perSecond(of) / perSecond(muc)))),
    groupFriendPerSecond: rounded(median(measured.map((pair) => perSecond(pair.friend)))),
    groupMucPerSecond: rounded(median(measured.map((pair) => perSecond(pair.muc)))),
    groupFriendCpuMicros: rounded(spent / told),
    groupOccupants: occupants,
    groupStored: proof.stored,
    groupReceived: proof.received,
    groupPlanted: contradiction ?? plantedViolation(path, proof),
    groupLoad: rounded(loadavg()[0] ?? 0),
    quick: values.quick,
  };
}

/** The same harness must see one lost row. Throws when it does not. */
function plantedViolation(path: string, proof: GroupProof): string {
  loseOneMessage(path);
  const report = groupContradictionIn({ ...proof, stored: storedMessages(path) });
  if (report === undefined) throw new Error('A row was removed from the data file, and the proof did not notice.');
  return report;
}

/** Everybody may add everybody: the crowd has no time to become friends. */
const relations = { closeness: { none: ['message', 'group'], kinds: {} } } as const;

const base = fileURLToPath(new URL('../../.cache/bench', import.meta.url));
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(join(base, 'group-'));
const path = join(folder, 'friend.sqlite');
const server = await startMucServer(join(base, 'muc-server'));
const friend = startChild<FriendCalls>(new URL('../friend/process.ts', import.meta.url));
const crowd = startChild<CrowdCalls>(new URL('./crowd.ts', import.meta.url));
try {
  const { component, service } = server;
  const link = { service: `xmpp://${component.host}:${component.port}`, secret: component.secret };
  await friend.ask('connect', { ...link, domain: addresses.friend, path, relations });
  const gathering = { service, friend: addresses.friend, occupants };
  await crowd.ask('gather', { ...gathering, meeting: 'muc', host: mucHosts.clients });
  await crowd.ask('gather', { ...gathering, meeting: 'friend', host: visitorsHost });
  console.log(JSON.stringify(await figures(crowd, friend, path)));
} finally {
  await Promise.all([crowd.end(), friend.end()]);
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
