import { scalar } from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { useBackend } from '../src/index.ts';
import { expectNoLeak } from './support/wasm.ts';

// A separate file, because tfjs greets only with the first tensor of a process.
test('tfjs does not greet on the console', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  await useBackend({ backend: 'cpu' });
  await expectNoLeak(() => scalar(1).dispose());
  expect(warn).not.toHaveBeenCalled();
});
