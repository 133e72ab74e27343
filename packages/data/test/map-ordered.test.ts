import { expect, test } from 'vitest';
import { mapOrdered } from '../src/map-ordered.ts';

/** Resolves after some turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

async function* upTo(count: number, state: { stopped?: boolean } = {}): AsyncGenerator<number> {
  try {
    for (let i = 0; i < count; i++) yield i;
  } finally {
    state.stopped = true;
  }
}

test('results come in the order of the items, with a limited number of calls in progress', async () => {
  let running = 0;
  let most = 0;
  const found: number[] = [];
  const results = mapOrdered(upTo(20), 4, async (i) => {
    most = Math.max(most, ++running);
    await turns((i * 7) % 5);
    running--;
    return i * i;
  });
  for await (const result of results) found.push(result);
  expect(found).toEqual(Array.from({ length: 20 }, (_, i) => i * i));
  expect(most).toBe(4);
});

test('a failure is thrown in its turn, after earlier results and when nothing runs anymore', async () => {
  const state: { stopped?: boolean } = {};
  let running = 0;
  const found: number[] = [];
  const run = async (): Promise<void> => {
    const results = mapOrdered(upTo(20, state), 4, async (i) => {
      running++;
      await turns(i === 5 ? 0 : 3);
      running--;
      if (i === 5) throw new Error('five');
      return i;
    });
    for await (const result of results) found.push(result);
  };
  await expect(run()).rejects.toThrow('five');
  expect(found).toEqual([0, 1, 2, 3, 4]);
  expect(running).toBe(0);
  expect(state.stopped).toBe(true);
});

test('stopping early stops the items too', async () => {
  const state: { stopped?: boolean } = {};
  for await (const result of mapOrdered(upTo(20, state), 2, (i) => Promise.resolve(i)))
    if (result === 3) break;
  expect(state.stopped).toBe(true);
});
