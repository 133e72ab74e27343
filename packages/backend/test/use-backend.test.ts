import {
  getBackend,
  getKernel,
  matMul,
  registerKernel,
  setBackend,
  tensor2d,
  tidy,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  loadNativeBlas,
  parseBackend,
  registerProducts,
  unregisterProducts,
  useBackend,
  type BackendName,
} from '../src/index.ts';
import { checkSgemm } from '../src/check-sgemm.ts';
import { findWebgpuAdapter } from '../src/webgpu-adapter.ts';
import { expectNoLeak } from './support/wasm.ts';

vi.mock('../src/native-sgemm.ts', { spy: true });
vi.mock('../src/check-sgemm.ts', { spy: true });
vi.mock('../src/webgpu-adapter.ts', { spy: true });

beforeEach(() => vi.mocked(findWebgpuAdapter).mockResolvedValue('no GPU'));

/** A BLAS that could be loaded. */
const loaded = {
  library: 'libfast.so',
  description: 'Fast 1.0',
  kernels: 'Quick',
  threads: 3,
  options: { library: '/lib/libfast.so', kernels: 'Quick', threads: 3 },
  sgemm: () => {},
};

function withoutBlas(reason: string): void {
  vi.mocked(loadNativeBlas).mockResolvedValue({ reason });
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.mocked(loadNativeBlas).mockReset();
  vi.mocked(checkSgemm).mockReset();
});

/** A product that works on any backend, to see that something computes. */
async function expectProducts(): Promise<void> {
  await expectNoLeak(() => {
    const product = tidy(() => matMul(tensor2d([[1, 2]]), tensor2d([[3], [4]])));
    expect([...product.dataSync()]).toEqual([11]);
    product.dispose();
  });
}

test('cpu is used on request', async () => {
  expect(await useBackend({ backend: 'cpu' })).toEqual({
    backend: 'cpu',
    arithmetic: 'tfjs cpu',
    options: { backend: 'cpu' },
    rejected: [],
  });
  expect(getBackend()).toBe('cpu');
  await expectProducts();
});

test('wasm is used on request, with its own products', async () => {
  unregisterProducts();
  await setBackend('wasm');
  const own = getKernel('BatchMatMul', 'wasm').kernelFunc;
  const choice = await useBackend({ backend: 'wasm' });
  expect(choice).toMatchObject({ backend: 'wasm', rejected: [] });
  expect(choice.arithmetic).toMatch(/^tfjs wasm, own products, /);
  expect(getKernel('BatchMatMul', 'wasm').kernelFunc).not.toBe(own);
  await expectProducts();
});

test('a BLAS is used first, and named with its kernels and threads', async () => {
  vi.mocked(loadNativeBlas).mockResolvedValue(loaded);
  vi.mocked(checkSgemm).mockReturnValue(true);
  expect(await useBackend({ threads: 3 })).toEqual({
    backend: 'wasm+blas',
    arithmetic: 'tfjs wasm, libfast.so (Fast 1.0), Quick kernels, 3 threads',
    options: { backend: 'wasm+blas', library: '/lib/libfast.so', kernels: 'Quick', threads: 3 },
    rejected: ['webgpu: no GPU'],
  });
  expect(loadNativeBlas).toHaveBeenCalledWith({ threads: 3 });
  unregisterProducts();
});

test('without a BLAS wasm is used, and the reason is given', async () => {
  withoutBlas('@deepbelief/blas is not installed');
  expect(await useBackend()).toMatchObject({
    backend: 'wasm',
    rejected: ['webgpu: no GPU', 'wasm+blas: @deepbelief/blas is not installed'],
  });
  await expectProducts();
});

test('a BLAS with wrong products is not used', async () => {
  vi.mocked(loadNativeBlas).mockResolvedValue({ ...loaded, library: 'libbad.so' });
  expect(await useBackend()).toMatchObject({
    backend: 'wasm',
    rejected: ['webgpu: no GPU', 'wasm+blas: libbad.so gives wrong products'],
  });
  await expectProducts();
});

test('a kernel that tfjs no longer has is a reason to use the next backend', async () => {
  await setBackend('wasm');
  unregisterProducts();
  const own = getKernel('_FusedMatMul', 'wasm');
  unregisterKernel('_FusedMatMul', 'wasm');
  try {
    vi.mocked(loadNativeBlas).mockResolvedValue(loaded);
    vi.mocked(checkSgemm).mockReturnValue(true);
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const { backend, rejected } = await useBackend();
    expect(backend).toBe('cpu');
    expect(rejected).toHaveLength(3);
    expect(warn.mock.lastCall).toEqual([
      expect.stringMatching(
        /^useBackend: computing with tfjs's cpu backend, about 40 times slower .* webgpu: no GPU; wasm\+blas: registerProducts: /,
      ),
    ]);
    warn.mockRestore();
    for (const line of rejected.slice(1))
      expect(line).toMatch(/has no kernel _FusedMatMul to replace; expected .* \^4\.22\.0/);
    await expectProducts();
  } finally {
    registerKernel(own);
  }
});

test('a requested backend that does not work is an error with the reason', async () => {
  withoutBlas('there is none');
  await expect(useBackend({ backend: 'wasm+blas' })).rejects.toThrow(
    'useBackend: no backend works here: wasm+blas: there is none',
  );
});

test('the environment chooses if the caller does not', async () => {
  vi.stubEnv('DEEPBELIEF_BACKEND', 'cpu');
  expect((await useBackend()).backend).toBe('cpu');
  expect((await useBackend({ backend: 'wasm' })).backend).toBe('wasm');
  vi.stubEnv('DEEPBELIEF_BACKEND', '');
  withoutBlas('none');
  expect((await useBackend()).backend).toBe('wasm');
});

test('unknown names are refused, with the known ones', async () => {
  vi.stubEnv('DEEPBELIEF_BACKEND', 'gpu');
  await expect(useBackend()).rejects.toThrow(
    new RangeError('DEEPBELIEF_BACKEND is gpu, expected one of webgpu, wasm+blas, wasm, cpu'),
  );
  await expect(useBackend({ backend: 'webgl' as BackendName })).rejects.toThrow(
    new RangeError('useBackend: backend is webgl, expected one of webgpu, wasm+blas, wasm, cpu'),
  );
  expect(() => parseBackend('WASM', '--backend')).toThrow('--backend is WASM, expected one of');
  expect(parseBackend('wasm+blas', '--backend')).toBe('wasm+blas');
});

test.each([0, -1, 1.5, NaN])('%d threads are refused', async (threads) => {
  await expect(useBackend({ threads })).rejects.toThrow(
    new RangeError(`useBackend: option threads is ${threads}, expected a whole number, 1 or more`),
  );
});

test.each([
  [null, 'useBackend: the options are null, expected an object with backend, threads, library'],
  ['wasm', 'useBackend: the options are "wasm", expected an object with backend, threads'],
  [{ backends: 'wasm' }, 'useBackend: unknown option backends, expected only backend, threads, '],
  [{ backend: 5 }, 'useBackend: backend is 5, expected one of webgpu, wasm+blas, wasm, cpu'],
  [{ library: 7 }, 'useBackend: option library is 7, expected a text'],
  [
    { wasmPaths: 7 },
    'useBackend: option wasmPaths is 7, expected the address of a folder, such as',
  ],
  [
    { webgpu: true },
    'useBackend: option webgpu is true, expected webgpu of @deepbelief/backend/we',
  ],
] as const)(
  'options that are unknown or out of range are refused: %#',
  async (options, message) => {
    await expect(useBackend(options as never)).rejects.toThrow(RangeError);
    await expect(useBackend(options as never)).rejects.toThrow(message);
  },
);

test('options of a BLAS are checked', async () => {
  const { loadNativeBlas: load } =
    await vi.importActual<typeof import('../src/native-sgemm.ts')>('../src/native-sgemm.ts');
  await expect(load({ thread: 2 } as never)).rejects.toThrow(
    'loadNativeBlas: unknown option thread, expected only threads, library, kernels',
  );
});

test('products need the wasm backend', async () => {
  await useBackend({ backend: 'cpu' });
  const { wasmSgemm } = await import('../src/wasm-sgemm.ts');
  expect(() => wasmSgemm()).toThrow(
    /the tfjs backend is cpu, expected wasm; call tf.setBackend\('wasm'\) first/,
  );
  expect(registerProducts).toBeTypeOf('function');
});
