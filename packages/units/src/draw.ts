import { normals, uniforms, type RandomKey } from '@deepbelief/random';
import { engine, getBackend, getKernel, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Name of the kernel with which a backend draws uniforms itself, bit for bit equal to `uniforms`.
 *
 * No inputs. Attributes: `UniformsAttributes`. Output: float32 with the given shape.
 */
export const UNIFORMS_KERNEL = 'DeepbeliefUniforms';

/** Attributes of the kernel `UNIFORMS_KERNEL`. */
export interface UniformsAttributes {
  readonly key: RandomKey;
  readonly shape: readonly [number, number];
  readonly draw: number;
}

/**
 * Returns uniforms in (0, 1) with the given shape: the numbers of `key`, row by row. The backend
 * draws them if it has the kernel; otherwise JavaScript does.
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

/** Returns standard normals with the given shape: the numbers of `key`, row by row. */
export function drawNormals(key: RandomKey, shape: [number, number]): Tensor2D {
  return tensor2d(normals(key, shape[0] * shape[1]), shape);
}
