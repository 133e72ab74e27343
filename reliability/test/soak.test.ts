import { loadNativeBlas, type BackendName } from '@deepbelief/backend';
import { describe, expect, test } from 'vitest';
import { soakBackend } from '../src/soak-backend.ts';
import { EPOCH, soakWorks } from '../src/soak-work.ts';

const blas = await loadNativeBlas({ threads: 1 });
/** Each backend, and why it cannot be tried here. */
const backends: readonly (readonly [BackendName, string | undefined])[] = [
  ['cpu', undefined],
  ['wasm', undefined],
  ['wasm+blas', 'reason' in blas ? blas.reason : undefined],
];

describe.each(backends)('on %s', (backend, missing) => {
  test('training with checkpoints holds the same tensors and wasm heap after every round', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing);
    const { holdings, left } = await soakBackend(backend, { steps: 1, epochs: 1, points: 2 });
    const works = soakWorks();
    for (const work of works) work.dispose();
    const steps = EPOCH * works.length;
    expect(holdings.map((holding) => holding.steps)).toEqual([steps, 2 * steps]);
    const [first, last] = holdings;
    const { tensors, tensorBytes, wasmHeap } = first!;
    expect(last).toMatchObject({ tensors, tensorBytes, wasmHeap });
    expect(left).toBe(0);
  }, 120_000);
});
