import { normals, uniforms, type RandomKey } from '@deepbelief/random';
import { engine, getBackend, getKernel, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Name of the kernel by which a backend draws uniforms itself, bit for bit those of `uniforms`.
 *
 * No inputs. Attributes: `UniformsAttributes`. Output: float32 of the shape.
 */
export const UNIFORMS_KERNEL = 'DeepbeliefUniforms';

/** Attributes of the kernel `UNIFORMS_KERNEL`. */
export interface UniformsAttributes {
  readonly key: RandomKey;
  readonly shape: readonly [number, number];
  readonly draw: number;
}

/**
 * Uniforms in (0, 1) of the given shape, row by row the numbers of `key`: drawn by the backend
 * where it has the kernel, else in JavaScript.
 *
 * @param draw which of several draws for the same elements, 0 to 65534
 */
export function drawUniforms(key: RandomKey, shape: [number, number], draw = 0): Tensor2D {
  if (getKernel(UNIFORMS_KERNEL, getBackend()) === undefined) {
    return tensor2d(uniforms(key, shape[0] * shape[1], draw), shape);
  }
  const attributes: UniformsAttributes = { key, shape, draw };
  return engine().runKernel<Tensor2D>(UNIFORMS_KERNEL, {}, { ...attributes } as object as {});
}

/** Standard normals of the given shape, row by row the numbers of `key`. */
export function drawNormals(key: RandomKey, shape: [number, number]): Tensor2D {
  return tensor2d(normals(key, shape[0] * shape[1]), shape);
}
