import type { Siamese } from '@deepbelief/dbn';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { preparationOf } from './face-preparation.ts';
import { faceView } from './face-view.ts';
import { readFace } from './prepare-face.ts';
import type { ReadLimits } from './read-limits.ts';

/**
 * Makes a net's inputs, shape [1, inputs], from a picture with a face in its middle. The caller
 * disposes of them.
 *
 * @param picture path of the picture, or its bytes
 * @throws LfwError that names the picture if it cannot be read or used
 */
export type FaceReader = (picture: string | Uint8Array) => Promise<Tensor2D>;

/**
 * Prepares pictures for a saved Siamese net with the size, window and normalization that it was
 * trained with; the net's file records them.
 *
 * @param where the net's file, for messages
 * @throws LfwError if the net does not say how faces are prepared
 */
export function faceReader(
  siamese: Pick<Siamese, 'preparation' | 'inputs'>,
  where?: string,
  limits: ReadLimits = {},
): FaceReader {
  const preparation = preparationOf(siamese, where);
  const { size, window } = preparation;
  const view = faceView(preparation, size, { reflections: false, shift: 0 });
  return async (picture) => view(await readFace(picture, { size, window, limits }), undefined);
}
