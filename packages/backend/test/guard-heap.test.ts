import { getBackend, matMul, tidy, zeros } from '@tensorflow/tfjs-core';
import { afterAll, expect, test } from 'vitest';
import { unregisterProducts, useBackend } from '../src/index.ts';
import { guardHeap } from '../src/guard-heap.ts';
import { wasmBackend } from '../src/wasm-heap.ts';
import { expectNoLeak } from './support/wasm.ts';

afterAll(unregisterProducts);

test('a tensor that does not fit into the heap is an error and overwrites nothing', async () => {
  await useBackend({ backend: 'wasm' });
  guardHeap();
  await expectNoLeak(() => {
    const backend = wasmBackend();
    const offsets: number[] = [];
    // The heap ends at 4 GiB; memory that nobody writes costs nothing.
    expect(() => {
      for (let i = 0; i < 9; i++) offsets.push(backend.wasm._malloc(2 ** 29));
    }).toThrow(
      /^the wasm heap cannot grow by 536870912 bytes \(it ends at 4 GiB\); use smaller batches/,
    );
    expect(offsets.length).toBeGreaterThan(2);
    expect(offsets).not.toContain(0);
    expect(() => backend.makeOutput([2 ** 27], 'float32')).toThrow(/the wasm heap cannot grow/);
    expect(() => backend.wasm._malloc(2 ** 32 + 64)).toThrow(
      /the wasm heap cannot grow by 4294967360 bytes/,
    );
    for (const offset of offsets) backend.wasm._free(offset);
    // Tensors that fit still work.
    const product = tidy(() => matMul(zeros([2, 3]), zeros([3, 2])));
    expect([...product.dataSync()]).toEqual([0, 0, 0, 0]);
    product.dispose();
  });
});

test('a heap that cannot grow at the start is a reason to use the next backend', async () => {
  await useBackend({ backend: 'wasm' });
  const { wasm } = wasmBackend();
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    throw new Error(`the wasm heap cannot grow by ${bytes} bytes`);
  };
  try {
    const choice = await useBackend({ library: '/nowhere/libopenblas.so' });
    expect(choice.backend).toBe('cpu');
    expect(choice.rejected.filter((line) => !line.startsWith('webgpu'))).toMatchObject([
      'wasm+blas: there is no library /nowhere/libopenblas.so',
      expect.stringMatching(/^wasm: the wasm heap cannot grow by \d+ bytes/),
    ]);
    expect(getBackend()).toBe('cpu');
  } finally {
    wasm._malloc = allocate;
  }
});
