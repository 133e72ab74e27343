import { argumentError, checkTensor } from '@deepbelief/checks';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { pairImages } from './pair-images.ts';
import { pixelSheet, type PixelSheet, type PixelSheetOptions } from './pixel-sheet.ts';

/**
 * Draws pairs of pictures: each original with its reconstruction right below it.
 *
 * @param originals shape [examples, values]
 * @param reconstructions the same shape
 * @param shape [height, width] or [height, width, channels] of one example
 * @param options as for `pixelSheet`, for pairs; `gap` is 2 unless given
 * @throws RangeError if the shapes do not agree, or an option is out of range
 */
export async function reconstructionSheet(
  originals: Tensor2D,
  reconstructions: Tensor2D,
  shape: readonly number[],
  options: PixelSheetOptions = {},
): Promise<PixelSheet> {
  const where = 'reconstructionSheet';
  checkTensor(where, 'originals', originals);
  checkTensor(where, 'reconstructions', reconstructions);
  const size = shape.reduce((product, length) => product * length, 1);
  if (originals.shape.join() !== reconstructions.shape.join()) {
    throw argumentError(
      `${where}: reconstructions has shape [${reconstructions.shape.join(', ')}], expected that ` +
        `of the originals, [${originals.shape.join(', ')}]`,
    );
  }
  if (originals.shape[1] !== size) {
    throw argumentError(
      `${where}: originals has shape [${originals.shape.join(', ')}], expected ` +
        `[examples, ${size}] for images of shape [${shape.join(', ')}]`,
    );
  }
  const [height = 0, ...rest] = shape;
  const [upper, lower] = await Promise.all([originals.data(), reconstructions.data()]);
  const pairs = pairImages(upper, lower, size);
  return pixelSheet(pairs, [2 * height, ...rest], { gap: 2, ...options });
}
