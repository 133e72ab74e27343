import { expect, test } from 'vitest';
import { useBackend } from '../src/index.ts';
import { expectNoLeak } from './support/wasm.ts';

// A separate file, because tfjs adds them when its wasm backend starts, once in a process.
test('no listener for uncaught errors is left of tfjs', async () => {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const listeners = (): unknown[] => events.map((event) => process.listeners(event as 'exit'));
  const before = listeners();
  await expectNoLeak(async () => void (await useBackend({ backend: 'wasm' })));
  expect(listeners()).toEqual(before);
});
