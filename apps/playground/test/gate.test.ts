import { expect, test } from 'vitest';
import { Abandoned, Gate } from '../src/engine/gate.ts';

/** Starts a loop that counts its steps until it is ended. */
function loop(gate: Gate) {
  const counted = { steps: 0 };
  const run = async (): Promise<void> => {
    for (;;) {
      await gate.wait();
      counted.steps++;
    }
  };
  return { counted, ended: run().catch((error: unknown) => error) };
}

const task = async () => new Promise((resolve) => setTimeout(resolve, 10));

test('lets through the steps that were allowed, no more, and then says so', async () => {
  const gate = new Gate();
  const { counted, ended } = loop(gate);
  await gate.allow(5);
  expect(counted.steps).toBe(5);
  await task();
  expect(counted.steps).toBe(5);
  await gate.allow(0);
  expect(counted.steps).toBe(5);
  gate.end();
  expect(await ended).toBeInstanceOf(Abandoned);
});

test('plays until it is paused, and an end wakes who waits', async () => {
  const gate = new Gate();
  const { counted, ended } = loop(gate);
  gate.play();
  await task();
  gate.pause();
  await task();
  const { steps } = counted;
  expect(steps).toBeGreaterThan(1);
  await task();
  expect(counted.steps).toBe(steps);
  const waiting = gate.allow(1000);
  gate.pause();
  await waiting;
  expect(counted.steps).toBeLessThan(steps + 1000);
  gate.end();
  expect(await ended).toBeInstanceOf(Abandoned);
});
