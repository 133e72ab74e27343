import { expect, test } from 'vitest';
import { remedy } from '../src/remedy.ts';

const ok = { ok: true, description: '', kernels: '', threads: 1, gflops: 100 } as const;
const openblas = {
  library: 'libopenblas.so.0',
  path: '/usr/lib/libopenblas.so.0',
  kernels: 'default',
  outcome: ok,
};
const healthy = {
  choice: { backend: 'wasm+blas' },
  environment: {},
  backends: [
    { backend: 'wasm+blas', gflops: 100 },
    { backend: 'wasm', gflops: 30 },
  ],
  blas: [openblas],
  blasReason: undefined,
};

test('a machine with OpenBLAS needs nothing', () => {
  expect(remedy(healthy, 'ID=debian')).toBeUndefined();
});

test('a slower backend that the environment asks for is to be let go', () => {
  const slow = {
    ...healthy,
    choice: { backend: 'wasm' },
    environment: { DEEPBELIEF_BACKEND: 'wasm' },
  };
  expect(remedy(slow, '')).toMatchObject({ command: 'unset DEEPBELIEF_BACKEND' });
});

test('a missing package is to be installed', () => {
  const without = {
    ...healthy,
    blas: [],
    blasReason: "koffi's binary for linux-x64 is not installed (npm install @koromix/koffi)",
  };
  expect(remedy(without, 'ID=debian')).toMatchObject({
    command: 'npm install @koromix/koffi',
  });
});

test('a library or kernels that do not work are to be let go', () => {
  const pinned = {
    ...healthy,
    environment: { DEEPBELIEF_BLAS_KERNELS: 'Nonsense' },
    blas: [],
    blasReason: 'libopenblas.so.0 (Nonsense kernels) has no Nonsense kernels',
  };
  expect(remedy(pinned, 'ID=debian')).toMatchObject({ command: 'unset DEEPBELIEF_BLAS_KERNELS' });
});

test.each([
  ['ID=debian', 'apt-get install libopenblas0'],
  ['ID=linuxmint ID_LIKE=ubuntu', 'apt-get install libopenblas0'],
  ['ID=fedora', 'dnf install openblas'],
  ['ID=alpine', 'apk add openblas'],
  ['ID=unheard', undefined],
])('without a BLAS, on %s, it is: %s', (system, command) => {
  const without = { ...healthy, blas: [], blasReason: 'found none of libopenblas.so.0' };
  expect(remedy(without, system)?.command).toBe(command);
});
