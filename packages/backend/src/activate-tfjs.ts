import { getBackend, ready, setBackend } from '@tensorflow/tfjs-core';

/** Loads and sets a tfjs backend. If that fails, returns the reason. */
export async function activateTfjs(
  name: string,
  load: () => Promise<unknown>,
): Promise<string | undefined> {
  try {
    await load();
  } catch {
    return `the package @tensorflow/tfjs-backend-${name} is not installed`;
  }
  if (!(await setBackend(name)) || getBackend() !== name)
    return `tfjs could not start its ${name} backend`;
  await ready();
  return undefined;
}
