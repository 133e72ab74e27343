import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Pictures } from './protocol.ts';

/** Converts values from 0 to 1, [count, height × width], to pictures; NaN becomes black. */
export async function toPictures(
  values: Tensor2D,
  width: number,
  height: number,
): Promise<Pictures> {
  const data = await values.data();
  const pixels = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++)
    pixels[i] = Math.min(255, Math.max(0, Math.round(data[i]! * 255)));
  return { count: values.shape[0], width, height, pixels };
}
