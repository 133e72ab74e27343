import '@tensorflow/tfjs-backend-cpu';
import { useBackend, type BackendName } from '../../src/index.ts';
import { webgpu } from '../../src/webgpu.ts';
import { kernelProperties } from './kernel-properties.ts';

/**
 * Checks every property on each backend in this page: what went wrong, by arithmetic and property,
 * empty where nothing.
 */
export async function run(
  backends: readonly BackendName[],
): Promise<Record<string, Record<string, string>>> {
  await useBackend({ backend: 'wasm', webgpu });
  const all: Record<string, Record<string, string>> = {};
  for (const backend of backends) {
    const failures: Record<string, string> = {};
    for (const { name, check } of kernelProperties) {
      try {
        await check(backend);
        failures[name] = '';
      } catch (error) {
        const cause =
          error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
        failures[name] = `${String(error)} ${cause}`;
      }
    }
    all[(await useBackend({ backend })).arithmetic] = failures;
  }
  return all;
}
