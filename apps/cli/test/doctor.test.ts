import { expect, test } from 'vitest';
import { deepbelief } from './support/deepbelief.ts';
import { onlyObject } from './support/only-object.ts';

test('the doctor tells what is taken, what works and how fast, what does not and why, and the remedy', async () => {
  // Trying the machine's own BLAS would take a while; @deepbelief/backend tests that.
  const outcome = await deepbelief(['doctor', '--json', '--threads', '1'], {
    DEEPBELIEF_BLAS: '/nowhere/libfast.so',
  });
  const found = onlyObject(outcome);
  expect(found).toMatchObject({
    choice: { backend: 'wasm', rejected: [] },
    environment: { DEEPBELIEF_BACKEND: 'wasm', DEEPBELIEF_BLAS: '/nowhere/libfast.so' },
    machine: { node: process.version },
    blas: [],
  });
  const backends = found['backends'] as { backend: string; gflops?: number; reason?: string }[];
  const byName = Object.fromEntries(backends.map((finding) => [finding.backend, finding]));
  expect(byName['wasm+blas']).toEqual({
    backend: 'wasm+blas',
    reason: 'there is no library /nowhere/libfast.so',
  });
  expect(byName['wasm']?.gflops).toBeGreaterThan(0);
  expect(byName['cpu']?.gflops).toBeGreaterThan(0);
  expect(found).toHaveProperty('remedy');
});
