import { fillNormals, type RandomKey } from '@deepbelief/random';
import { engine, getBackend, getKernel, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Name of the kernel that computes `scaledNormals` where the tensor's values are to lie.
 *
 * No inputs. Attributes: `ScaledNormalsAttributes`. Output: float32 of the shape.
 */
export const SCALED_NORMALS_KERNEL = 'DeepbeliefScaledNormals';

/** Attributes of the kernel `SCALED_NORMALS_KERNEL`. */
export interface ScaledNormalsAttributes {
  readonly key: RandomKey;
  readonly shape: readonly [number, number];
  readonly scale: number;
}

/** A matrix of the key's standard normals times `scale`, row by row: starting weights. The same on every backend. */
export function scaledNormals(key: RandomKey, shape: [number, number], scale: number): Tensor2D {
  if (getKernel(SCALED_NORMALS_KERNEL, getBackend()) !== undefined) {
    const attributes: ScaledNormalsAttributes = { key, shape, scale };
    return engine().runKernel<Tensor2D>(SCALED_NORMALS_KERNEL, {}, { ...attributes } as object as {});
  }
  const values = new Float32Array(shape[0] * shape[1]);
  fillNormals(values, key, scale);
  return tensor2d(values, shape);
}
