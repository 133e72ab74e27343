import { argumentError, checkNumber, shown } from '@deepbelief/checks';
import { checkKey, fillNormals, type RandomKey } from '@deepbelief/random';
import { engine, getBackend, getKernel, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * Name of the kernel that computes `scaledNormals` directly in the tensor's memory.
 *
 * No inputs. Attributes: `ScaledNormalsAttributes`. Output: float32 with the given shape.
 */
export const SCALED_NORMALS_KERNEL = 'DeepbeliefScaledNormals';

/** Attributes of the kernel `SCALED_NORMALS_KERNEL`. */
export interface ScaledNormalsAttributes {
  readonly key: RandomKey;
  readonly shape: readonly [number, number];
  readonly scale: number;
}

/** Throws a RangeError unless these are attributes of the kernel. */
export function checkScaledNormals(attributes: object): void {
  const { key, shape, scale } = attributes as ScaledNormalsAttributes;
  checkKey('scaledNormals', key);
  checkMatrixShape('scaledNormals', shape);
  checkNumber('scaledNormals', 'scale', scale, {});
}

/** Throws a RangeError unless a backend can hold a matrix of this shape. */
export function checkMatrixShape(where: string, shape: readonly number[]): void {
  const fits =
    Array.isArray(shape) &&
    shape.length === 2 &&
    shape.every((extent) => Number.isInteger(extent) && extent > 0) &&
    shape[0] * shape[1] <= MOST_ELEMENTS;
  if (!fits)
    throw argumentError(
      `${where}: shape is ${shown(shape)}, expected two whole numbers from 1 with a product ` +
        `of at most ${MOST_ELEMENTS}`,
    );
}

/** Number of float32 values in 4 GiB. */
const MOST_ELEMENTS = 2 ** 30;

/**
 * Makes a matrix of the key's standard normals times `scale`, row by row, for starting weights. It
 * is the same on every backend.
 *
 * @throws RangeError if the key, the shape or the scale is invalid
 */
export function scaledNormals(key: RandomKey, shape: [number, number], scale: number): Tensor2D {
  checkScaledNormals({ key, shape, scale });
  if (getKernel(SCALED_NORMALS_KERNEL, getBackend()) !== undefined) {
    const attributes: ScaledNormalsAttributes = { key, shape, scale };
    return engine().runKernel<Tensor2D>(SCALED_NORMALS_KERNEL, {}, {
      ...attributes,
    } as object as {});
  }
  const values = new Float32Array(shape[0] * shape[1]);
  fillNormals(values, key, scale);
  return tensor2d(values, shape);
}
