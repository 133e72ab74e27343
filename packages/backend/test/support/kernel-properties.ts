import { normals, randomKey, uniforms } from '@deepbelief/random';
import { gaussian, UNIFORMS_KERNEL } from '@deepbelief/units';
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { denseNumbers, expectNear, onBackend } from './kernel-comparison.ts';
import { denseProperties } from './dense-properties.ts';
import { expectKernel, extents, keys, type KernelProperty } from './kernel-property.ts';
import { updateProperties } from './update-properties.ts';

const uniformsProperty: KernelProperty = {
  name: 'uniforms are those of @deepbelief/random, bit for bit',
  check: async (backend) => {
    const property = fc.asyncProperty(
      keys,
      extents,
      extents,
      fc.nat(65534),
      async (key, rows, columns, draw) => {
        await onBackend(backend, async () => {
          expectKernel(UNIFORMS_KERNEL, backend);
          const shape = [rows, columns];
          const drawn = engine().runKernel<Tensor>(UNIFORMS_KERNEL, {}, {
            key,
            shape,
            draw,
          } as object as {});
          const exact = { absolute: 0, relative: 0 };
          expectNear(
            (await drawn.data()) as Float32Array,
            uniforms(key, rows * columns, draw),
            exact,
            'uniforms',
          );
          drawn.dispose();
        });
      },
    );
    await fc.assert(property, { numRuns: 30, seed: 2 });
  },
};

const normalsProperty: KernelProperty = {
  name: 'normals are those of @deepbelief/random, to rounding',
  check: async (backend) => {
    const [rows, size] = [50, 200];
    const key = randomKey(9);
    const { sample } = await denseNumbers(backend, {
      units: gaussian(),
      rows,
      depth: 4,
      size,
      states: new Float32Array(4 * rows),
      weights: new Float32Array(4 * size),
      bias: new Float32Array(size),
      logPrecision: undefined,
      transposed: false,
      mean: true,
      key,
    });
    expectNear(sample, normals(key, rows * size), { absolute: 1e-6, relative: 1e-6 }, 'normals');
  },
};

/** What must hold of a backend's fused kernels. */
export const kernelProperties: readonly KernelProperty[] = [
  uniformsProperty,
  normalsProperty,
  ...denseProperties,
  ...updateProperties,
];
