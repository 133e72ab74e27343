import {
  fitStandardization,
  viewDataset,
  type IndexedDataset,
  type Standardization,
} from '@deepbelief/data';
import { CHANNELS, type FacePreparation } from './face-preparation.ts';
import { faceView } from './face-view.ts';

/** How faces are normalized. The paper does not make clear which mean it uses. */
export type FaceMean = 'image' | 'pixel' | 'contrast';

/** What each does, in words. */
export const FACE_MEANS: Readonly<Record<FaceMean, string>> = {
  image: 'less the mean of the image, divided by the average standard deviation of the pixels',
  pixel: 'less the mean of each pixel, divided by the average standard deviation of the pixels',
  contrast: 'each image to mean 0 and standard deviation 1, then as for pixel',
};

/** Side of the data set's pictures, in pixels; windows are given in these pixels. */
export const PICTURE_SIDE = 250;

/** How to normalize faces, before anything is fitted. */
export interface FaceNormalization {
  readonly size: number;
  /**
   * Side of the window in the middle of a picture, in pixels of a picture of side `PICTURE_SIDE`.
   */
  readonly window: number;
  readonly mean: FaceMean;
  /** Makes the mean face symmetric. */
  readonly reflections: boolean;
}

/**
 * Fits the normalization of faces to the pre-training faces.
 *
 * @param faces stored with or without a border
 */
export async function fitPreparation(
  faces: IndexedDataset,
  { size, window, mean, reflections }: FaceNormalization,
): Promise<FacePreparation> {
  const contrast = mean === 'contrast';
  const asTheyAre: Standardization = { exampleMean: false, offset: [0], divisor: [1] };
  const still = faceView({ size, contrast, standardization: asTheyAre }, faces.shape[0]!, {
    reflections: false,
    shift: 0,
  });
  const shape = [size, size, CHANNELS];
  const faceViews = viewDataset({ examples: faces, view: still, shape });
  const fitted = await fitStandardization(faceViews, {
    mean: mean === 'image' ? 'example' : 'value',
    deviation: 'global',
  });
  const offset =
    reflections && fitted.offset.length > 1 ? symmetric(fitted.offset, size) : fitted.offset;
  return { size, window: window / PICTURE_SIDE, contrast, standardization: { ...fitted, offset } };
}

/** Averages an image and its mirror image. */
function symmetric(values: readonly number[], size: number): number[] {
  const channels = values.length / size ** 2;
  return values.map((value, i) => {
    const x = Math.floor(i / channels) % size;
    return (value + values[i + (size - 1 - 2 * x) * channels]!) / 2;
  });
}
