import { argumentError, checkTensor } from '@deepbelief/checks';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { pixelSheet, type PixelSheet, type PixelSheetOptions } from './pixel-sheet.ts';

/**
 * Draws visible states: samples of a model, or data.
 *
 * @param samples shape [samples, values]
 * @param shape [height, width] or [height, width, channels] of one
 * @throws RangeError if a sample does not have the shape's number of values, or an option is out of
 *   range
 */
export async function sampleSheet(
  samples: Tensor2D,
  shape: readonly number[],
  options: PixelSheetOptions = {},
): Promise<PixelSheet> {
  checkTensor('sampleSheet', 'samples', samples);
  const size = shape.reduce((product, length) => product * length, 1);
  if (samples.shape[1] !== size) {
    throw argumentError(
      `sampleSheet: samples has shape [${samples.shape.join(', ')}], expected [samples, ` +
        `${size}] for images of shape [${shape.join(', ')}]`,
    );
  }
  return pixelSheet(await samples.data<'float32'>(), shape, options);
}
