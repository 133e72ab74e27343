import {
  getBackend,
  matMul,
  memory,
  ones,
  tensor2d,
  tidy,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { BackendError, useBackend } from '../src/index.ts';
import { checkWebgpu, missingInternals } from '../src/check-webgpu.ts';
import { dispatchWebgpu } from '../src/webgpu-dispatch.ts';
import { webgpuInternals } from '../src/webgpu-internals.ts';
import { findWebgpuAdapter, type WebgpuAdapter } from '../src/webgpu-adapter.ts';
import { useSoftwareDriver } from './support/software-gpu.ts';

vi.mock('../src/webgpu-adapter.ts', { spy: true });
vi.mock('../src/check-webgpu.ts', { spy: true });

const missing = useSoftwareDriver();

beforeEach(() => {
  vi.mocked(findWebgpuAdapter).mockReset();
  // Its shaders take SwiftShader seconds to compile for each device: once is enough.
  vi.mocked(checkWebgpu).mockResolvedValue(true);
});

/** The values of [1 2] · [3 4]ᵀ on the backend in use. */
async function product(): Promise<number[]> {
  const result = tidy(() => matMul(tensor2d([[1, 2]]), tensor2d([[3], [4]])));
  const values = [...(await result.data())];
  result.dispose();
  return values;
}

describe.skipIf(missing !== undefined)(
  `on SwiftShader${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    test('WebGPU is used in Node on request even with a software adapter, and says so', async () => {
      vi.mocked(checkWebgpu).mockReset();
      const choice = await useBackend({ backend: 'webgpu' });
      expect(choice).toMatchObject({ backend: 'webgpu', rejected: [] });
      expect(choice.arithmetic).toMatch(/^tfjs webgpu, google swiftshader .*, software$/);
      expect(getBackend()).toBe('webgpu');
      // Left there, it would keep the process from ending.
      expect((navigator as { gpu?: GPU }).gpu).toBeUndefined();
      expect(await product()).toEqual([11]);
      expect(memory().numTensors).toBe(0);
    });

    test('a second start keeps the backend and its tensors', async () => {
      await useBackend({ backend: 'webgpu' });
      const kept = ones([2]);
      await useBackend({ backend: 'wasm' });
      await useBackend({ backend: 'webgpu' });
      expect([...(await kept.data())]).toEqual([1, 1]);
      kept.dispose();
    });

    test('a software adapter is not used by default', async () => {
      const found = await findWebgpuAdapter(true);
      vi.mocked(findWebgpuAdapter).mockResolvedValue(found);
      const { backend, rejected } = await useBackend();
      expect(backend).not.toBe('webgpu');
      expect(rejected[0]).toMatch(
        /^webgpu: google swiftshader .* is not a GPU but an emulation on the CPU$/,
      );
    });

    test('a GPU adapter is used first', async () => {
      const found = (await findWebgpuAdapter(true)) as WebgpuAdapter;
      vi.mocked(findWebgpuAdapter).mockResolvedValue({
        ...found,
        description: 'acme fast',
        software: false,
      });
      expect(await useBackend()).toEqual({
        backend: 'webgpu',
        arithmetic: 'tfjs webgpu, acme fast',
        options: { backend: 'webgpu' },
        rejected: [],
      });
    });

    test('without a device the next backend is tried, and tfjs stays on the old one', async () => {
      await loseDevice();
      await useBackend({ backend: 'wasm' });
      const found = (await findWebgpuAdapter(true)) as WebgpuAdapter;
      const adapter = Object.assign(Object.create(found.adapter) as GPUAdapter, {
        features: new Set(),
        limits: {},
        requestDevice: async () => Promise.reject(new Error('the driver is busy')),
      });
      vi.mocked(findWebgpuAdapter).mockResolvedValue({ ...found, adapter, software: false });
      await expect(useBackend({ backend: 'webgpu' })).rejects.toThrow(
        new BackendError('useBackend: no backend works here: webgpu: the driver is busy'),
      );
      expect(getBackend()).toBe('wasm');
      const { backend, rejected } = await useBackend();
      expect(backend).toMatch(/^wasm/);
      expect(rejected).toContain('webgpu: the driver is busy');
    });

    test('a GPU with wrong numbers is not used, and tfjs stays on the old backend', async () => {
      await loseDevice();
      await useBackend({ backend: 'wasm' });
      vi.mocked(checkWebgpu).mockResolvedValueOnce(false);
      await expect(useBackend({ backend: 'webgpu' })).rejects.toThrow(
        /webgpu: google swiftshader .* gives wrong numbers$/,
      );
      expect(getBackend()).toBe('wasm');
    });

    test('a method that tfjs no longer has is named in the reason', async () => {
      await useBackend({ backend: 'webgpu' });
      const backend = webgpuInternals();
      expect(missingInternals(backend)).toBeUndefined();
      expect(
        missingInternals({ ...backend, uploadToGPU: undefined, submitQueue: undefined }),
      ).toMatch(/^tfjs's webgpu backend has no .*submitQueue, uploadToGPU, expected as of 4\.22$/);
    });

    test('after the device is lost every read and operation throws, and a new start has a new device', async () => {
      await useBackend({ backend: 'webgpu' });
      const before: Tensor2D = ones([2, 2]);
      await loseDevice();
      expect(() => matMul(before, before)).toThrow(
        /^webgpu: the GPU device was lost \(.+\)\. The GPU's data/,
      );
      await expect(before.data()).rejects.toThrow(BackendError);
      await useBackend({ backend: 'webgpu' });
      expect(await product()).toEqual([11]);
    });

    test('a mistake in a command buffer, which WebGPU drops whole, makes the next read throw', async () => {
      await useBackend({ backend: 'webgpu' });
      const x = ones([4]);
      // Input and output on one buffer.
      dispatchWebgpu({
        name: 'aliased',
        code: () => '@compute @workgroup_size(4) fn main() { output[0] = input[0] + f32(p.n); }',
        read: { input: x },
        write: { output: x },
        uniforms: { n: ['u32', 1] },
        workgroups: [1, 1, 1],
      });
      const failure = await x.data().then(
        () => undefined,
        (error: unknown) => error as Error,
      );
      expect(failure).toBeInstanceOf(BackendError);
      expect(failure!.message).toMatch(
        /^webgpu: GPUValidationError: .* start again from the last checkpoint/,
      );
      expect(failure!.message).not.toContain('\n');
      // It stays that way, because the GPU's data is wrong.
      await expect(ones([1]).data()).rejects.toThrow(BackendError);
      await useBackend({ backend: 'webgpu' });
      expect(await product()).toEqual([11]);
    });

    test('values cannot be read synchronously in Node; the error says how to read them', async () => {
      await useBackend({ backend: 'webgpu' });
      const x: Tensor = tidy(() => matMul(ones([40, 40]), ones([40, 40])));
      expect(() => x.dataSync()).toThrow(
        'outside browsers values cannot be read synchronously; use await tensor.data()',
      );
      x.dispose();
    });
  },
);

test('without an adapter there is a reason, and the next backend is tried', async () => {
  vi.mocked(findWebgpuAdapter).mockResolvedValue('no graphics driver offers a GPU to WebGPU');
  await expect(useBackend({ backend: 'webgpu' })).rejects.toThrow(
    'useBackend: no backend works here: webgpu: no graphics driver offers a GPU to WebGPU',
  );
  const { backend, rejected } = await useBackend();
  expect(backend).not.toBe('webgpu');
  expect(rejected[0]).toBe('webgpu: no graphics driver offers a GPU to WebGPU');
});

test('tfjs’s internals are accessed only on WebGPU', async () => {
  await useBackend({ backend: 'cpu' });
  expect(() => webgpuInternals()).toThrow(
    "webgpuInternals: the tfjs backend is cpu, expected webgpu; call useBackend({ backend: 'webgpu' }) first",
  );
});

async function loseDevice(): Promise<void> {
  await useBackend({ backend: 'webgpu' });
  const { device } = webgpuInternals();
  device.destroy();
  await device.lost;
}
