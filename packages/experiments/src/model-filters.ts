import { filterSheet, type PixelSheet } from '@deepbelief/pictures';
import { matMul, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { LoadedModel } from './load-model.ts';
import { UserError } from './user-error.ts';

/** The number of filters shown, and how many per row. */
const LIMIT = 400;
const COLUMNS = 20;

/** Which filters are drawn. */
export interface ModelFiltersOptions {
  /** The model's file, for messages. */
  readonly path: string;
  /** The layer, counted from 1; its filters are seen in pixels through the layers below. */
  readonly layer: number;
  /**
   * Shape of the data: height, width and optionally channels. Default a square, in color for faces.
   */
  readonly shape?: readonly number[] | undefined;
}

/**
 * Draws the filters of a layer, those of largest norm first.
 *
 * @throws UserError if there is no such layer or the shape does not fit
 */
export async function modelFilters(
  loaded: LoadedModel,
  { path, layer, shape }: ModelFiltersOptions,
): Promise<PixelSheet> {
  const layers: readonly { readonly weights: Tensor2D }[] = loaded.model.layers;
  if (layer > layers.length)
    throw new UserError(`--layer is ${layer}, but ${path} has ${layers.length} layers`);
  const inputs = layers[0]!.weights.shape[0];
  const picture = shape ?? squareOf(inputs, loaded.kind === 'siamese' ? [3] : []);
  const values = picture.reduce((a, b) => a * b, 1);
  if (picture.length < 2 || values !== inputs || !picture.every(Number.isInteger)) {
    throw new UserError(
      `--shape is ${shape?.join(',') ?? 'not given'}, expected height,width with a product of ` +
        inputs,
    );
  }
  const weights = tidy(() =>
    layers
      .slice(1, layer)
      .reduce((below, above) => matMul<Tensor2D>(below, above.weights), layers[0]!.weights.clone()),
  );
  try {
    return await filterSheet(weights, picture, { limit: LIMIT, columns: COLUMNS, order: 'norm' });
  } finally {
    weights.dispose();
  }
}

function squareOf(inputs: number, channels: readonly number[]): number[] {
  const side = Math.sqrt(inputs / (channels[0] ?? 1));
  return [side, side, ...channels];
}
