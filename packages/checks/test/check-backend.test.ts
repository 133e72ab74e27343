import '@tensorflow/tfjs-backend-cpu';
import { engine } from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { checkBackend } from '../src/index.ts';

test('without a backend an error says how to get one', () => {
  checkBackend('createRbm');
  const names = vi.spyOn(engine(), 'backendNames').mockReturnValue([]);
  expect(() => checkBackend('createRbm')).toThrow(
    "createRbm: tfjs has no backend, expected one: first call await useBackend() of @deepbelief/backend, or import '@tensorflow/tfjs-backend-cpu'",
  );
  names.mockRestore();
});
