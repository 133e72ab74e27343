import { cosineSimilarity, type Classifier } from '@deepbelief/dbn';
import { reconstruct, type Rbm } from '@deepbelief/rbm';
import {
  concat,
  mul,
  norm,
  tensor2d,
  tidy,
  tile,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { toPictures } from './pictures.ts';
import type { Preparation } from './preparation.ts';
import type { Drawing, DrawingOptions, Sweep } from './protocol.ts';
import { downTo, stackFeatures } from './stack-view.ts';

/** What is needed to look at a drawing. */
export interface Looker {
  readonly layers: readonly Rbm[];
  readonly preparation: Preparation;
  readonly width: number;
  readonly height: number;
  readonly classifier: Classifier | undefined;
}

/**
 * Computes the features, the reconstruction and the class of a drawing whose prepared values are
 * multiplied by an intensity.
 */
export async function drawingOf(
  looker: Looker,
  options: DrawingOptions & { intensity: number },
): Promise<Drawing> {
  const { layers, preparation, classifier, width, height } = looker;
  const { pixels, intensity, withoutBiases } = options;
  const below = layers.slice(0, -1);
  const made = tidy(() => {
    const prepared = preparation.to(tensor2d(pixels, [1, pixels.length]));
    const scaled = mul<Tensor2D>(prepared, intensity);
    const features = stackFeatures(layers, scaled, withoutBiases);
    const atOne = stackFeatures(layers, prepared, withoutBiases);
    const rebuilt = reconstruct(layers.at(-1)!, stackFeatures(below, scaled));
    return {
      features,
      atOne,
      cosine: cosines(features, atOne),
      lengths: norm(concat([features, atOne]), 'euclidean', 1),
      reconstruction: preparation.from(downTo(below, rebuilt)),
      probabilities: classifier?.probabilities(scaled),
    };
  });
  const lengths = await made.lengths.data();
  const drawing = {
    features: Float32Array.from(await made.features.data()),
    featuresAtOne: Float32Array.from(await made.atOne.data()),
    cosine: (await made.cosine.data())[0]!,
    ratio: lengths[0]! / lengths[1]!,
    reconstruction: await toPictures(made.reconstruction, width, height),
    probabilities: Float32Array.from((await made.probabilities?.data()) ?? []),
  };
  for (const tensor of Object.values(made)) tensor?.dispose();
  return drawing;
}

/** Compares features at other intensities with those at 1. */
export async function sweepOf(
  { layers, preparation }: Pick<Looker, 'layers' | 'preparation'>,
  {
    pixels,
    withoutBiases,
    intensities,
  }: DrawingOptions & { intensities: Float32Array<ArrayBuffer> },
): Promise<Sweep> {
  const { cosine, lengths } = tidy(() => {
    const prepared = preparation.to(tensor2d(pixels, [1, pixels.length]));
    const scaled = mul<Tensor2D>(tensor2d(intensities, [intensities.length, 1]), prepared);
    const features = stackFeatures(layers, scaled, withoutBiases);
    const atOne = stackFeatures(layers, prepared, withoutBiases);
    return {
      cosine: cosines(features, atOne),
      lengths: norm(concat([features, atOne]), 'euclidean', 1),
    };
  });
  const all = await lengths.data();
  const atOne = all[intensities.length]!;
  const sweep = {
    intensities,
    cosines: Float32Array.from(await cosine.data()),
    ratios: Float32Array.from(all.slice(0, intensities.length), (length) => length / atOne),
  };
  for (const tensor of [cosine, lengths]) tensor.dispose();
  return sweep;
}

/** Returns the cosine of each row with a single row. */
function cosines(rows: Tensor2D, one: Tensor2D): Tensor1D {
  return cosineSimilarity(concat([rows, tile(one, [rows.shape[0], 1])]));
}
