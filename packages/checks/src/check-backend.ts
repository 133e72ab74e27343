import { engine } from '@tensorflow/tfjs-core';

/**
 * Checks that tfjs has a backend, since without one it says only that its registry is empty.
 *
 * @param where the function that is about to make tensors, for errors
 * @throws Error that says how to get one
 */
export function checkBackend(where: string): void {
  if (engine().backendNames().length > 0) return;
  throw new Error(
    `${where}: tfjs has no backend, expected one: first call await useBackend() of ` +
      "@deepbelief/backend, or import '@tensorflow/tfjs-backend-cpu'; if you did, there are two " +
      'copies of @tensorflow/tfjs-core: see npm ls @tensorflow/tfjs-core',
  );
}
