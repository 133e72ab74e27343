import type { NamedFile } from '../engine/protocol.ts';
import type { DecodedPicture } from './own-files.ts';

/** Decodes a picture with the browser, in a worker. */
export async function decodePicture({ bytes }: NamedFile): Promise<DecodedPicture> {
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}
