import { concat, type Tensor2D } from '@tensorflow/tfjs-core';
import type { PixelSheet, PixelSheetOptions } from './pixel-sheet.ts';
import { sampleSheet } from './sample-sheet.ts';

/**
 * Pairs of pictures: each original with its reconstruction right beneath it.
 *
 * @param originals shape [examples, values]
 * @param reconstructions the same shape
 * @param shape [height, width] or [height, width, channels] of one example
 * @param options as for `pixelSheet`, of pairs; `gap` is 2 unless given
 * @throws RangeError when the shapes do not agree, or an option is out of range
 */
export async function reconstructionSheet(
  originals: Tensor2D,
  reconstructions: Tensor2D,
  shape: readonly number[],
  options: PixelSheetOptions = {},
): Promise<PixelSheet> {
  if (originals.shape.join() !== reconstructions.shape.join()) {
    throw new RangeError(
      `reconstructionSheet: reconstructions has shape [${reconstructions.shape.join(', ')}], expected that of the ` +
        `originals, [${originals.shape.join(', ')}]`,
    );
  }
  const [height = 0, ...rest] = shape;
  // Images are stored row by row, so that one after the other is one above the other.
  const pairs = concat([originals, reconstructions], 1);
  try {
    return await sampleSheet(pairs, [2 * height, ...rest], { gap: 2, ...options });
  } finally {
    pairs.dispose();
  }
}
