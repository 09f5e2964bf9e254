import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { HeapGauge, type HeapSample, slopeOf } from './heap.ts';

/** A process that makes 100 MB of garbage a second and keeps none of it. */
const wasteful = 'setInterval(() => { for (let i = 0; i < 16; i += 1) new Array(8_192).fill(0.5); }, 10)';

test('does not take garbage for growth, and finds a leak that is planted in the same process', async () => {
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', '-e', wasteful], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [log] = await once(child.stderr, 'data');
  const gauge = await HeapGauge.open(String(log));
  onTestFinished(() => {
    gauge.close();
    child.kill();
  });

  const before = slopeOf(await samplesOf(gauge));
  await gauge.leak(300);
  const after = slopeOf(await samplesOf(gauge));

  expect(Math.abs(before)).toBeLessThan(100);
  expect(after).toBeGreaterThan(150);
});

async function samplesOf(gauge: HeapGauge): Promise<HeapSample[]> {
  const samples: HeapSample[] = [];
  const began = performance.now();
  while (performance.now() - began < 1_000) {
    await delay(50);
    samples.push({ megabytes: await gauge.megabytes(), minute: (performance.now() - began) / 60_000 });
  }
  return samples;
}
