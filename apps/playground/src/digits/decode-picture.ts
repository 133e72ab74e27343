import { Refusal } from '../engine/problems.ts';
import type { NamedFile } from '../engine/protocol.ts';
import type { DecodedPicture } from './own-files.ts';

/** The largest picture that is decoded, in pixels: 128 MiB as RGBA. */
const MOST_PIXELS = 2 ** 25;

/** Decodes a picture with the browser's decoder, in a worker. */
export async function decodePicture({ bytes }: NamedFile): Promise<DecodedPicture> {
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  if (width * height > MOST_PIXELS) {
    bitmap.close();
    throw new Refusal(`the picture has ${width} × ${height} pixels, more than ${MOST_PIXELS}`);
  }
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    willReadFrequently: true,
  })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}
