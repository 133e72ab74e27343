import { normals, uniforms, type RandomKey } from '@deepbelief/random';
import { tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/*
 * The only place where random numbers become tensors. They are drawn in JavaScript and uploaded, which works on every
 * backend; a backend that computes Philox itself has these two functions to replace.
 */

/**
 * Uniforms in (0, 1) of the given shape, row by row the numbers of `key`.
 *
 * @param draw which of several draws for the same elements, 0 to 65534
 */
export function drawUniforms(key: RandomKey, shape: [number, number], draw = 0): Tensor2D {
  return tensor2d(uniforms(key, shape[0] * shape[1], draw), shape);
}

/** Standard normals of the given shape, row by row the numbers of `key`. */
export function drawNormals(key: RandomKey, shape: [number, number]): Tensor2D {
  return tensor2d(normals(key, shape[0] * shape[1]), shape);
}
