import { afterEach, expect, test } from 'vitest';
import { withoutNewListeners } from '../src/glue-listeners.ts';

const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;
const before = EVENTS.map((event) => process.listeners(event as 'exit'));

afterEach(() => {
  for (const [i, event] of EVENTS.entries()) {
    for (const listener of process.listeners(event as 'exit'))
      if (!before[i]!.includes(listener)) process.removeListener(event, listener);
  }
});

function added(): number[] {
  return EVENTS.map((event, i) => process.listenerCount(event) - before[i]!.length);
}

/** Adds listeners as tfjs's glue code does; they differ from ours by their text. */
function addGlue(): void {
  const texts = {
    first: 'function (ex) { if (!(ex instanceof ExitStatus)) {\n throw ex;\n } }',
    minified: 'function(e){if(!(e instanceof Y))throw e}',
    rejection: 'function (reason) { throw reason; }',
  };
  const listener = (text: string): (() => void) =>
    Object.assign(() => {}, { toString: () => text });
  process.on('uncaughtException', listener(texts.first));
  process.on('uncaughtException', listener(texts.minified));
  process.on('unhandledRejection', listener(texts.rejection));
}

test("listeners of tfjs's glue code are removed", async () => {
  expect(await withoutNewListeners(async () => Promise.resolve(addGlue()).then(() => 7))).toBe(7);
  expect(added()).toEqual([0, 0]);
});

test('they are removed after a failure too', async () => {
  const failing = withoutNewListeners(async () => {
    addGlue();
    return Promise.reject(new Error('no memory'));
  });
  await expect(failing).rejects.toThrow('no memory');
  expect(added()).toEqual([0, 0]);
});

test('listeners that others add stay', async () => {
  addGlue();
  await withoutNewListeners(async () => {
    process.on('uncaughtException', (error) => console.error(error));
    process.on('unhandledRejection', (reason) => console.error(reason));
    return Promise.resolve();
  });
  expect(added()).toEqual([3, 2]);
});
