import { floatStates } from '@deepbelief/checks';
import { concat, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
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
  const where = 'reconstructionSheet';
  // Side by side they must be of one type: a backend would read the bits of the other as its own.
  const pairs = tidy(() => {
    const upper = floatStates(where, 'originals', originals, undefined);
    const lower = floatStates(where, 'reconstructions', reconstructions, undefined);
    checkShapes(upper, lower);
    // Images are stored row by row, so that one after the other is one above the other.
    return concat([upper, lower], 1);
  });
  const [height = 0, ...rest] = shape;
  try {
    return await sampleSheet(pairs, [2 * height, ...rest], { gap: 2, ...options });
  } finally {
    pairs.dispose();
  }
}

function checkShapes(originals: Tensor2D, reconstructions: Tensor2D): void {
  if (originals.shape.join() !== reconstructions.shape.join()) {
    throw new RangeError(
      `reconstructionSheet: reconstructions has shape [${reconstructions.shape.join(', ')}], expected that of the ` +
        `originals, [${originals.shape.join(', ')}]`,
    );
  }
}
