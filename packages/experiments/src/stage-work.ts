import type { Job, LayerPlan } from './job.ts';

/** Multiplications of a step of CD-1 for each weight and example: up, down, up, two gradients. */
const PRETRAINING = 5;

/** Multiplications of a step of back-propagation for each weight and example. */
const FINE_TUNING = 3;

/**
 * Estimates the multiplications that pre-training takes for each layer.
 *
 * @param values of an example
 * @param examples that the layers are trained on
 */
export function layerWork(
  layers: readonly LayerPlan[],
  values: number,
  examples: number,
): number[] {
  const weights = weightsOf(layers, values);
  return layers.map(({ epochs }, i) => PRETRAINING * weights[i]! * epochs * examples);
}

/**
 * Estimates the multiplications that fine-tuning takes on this many `inputs` with these weights.
 */
export function fineTuningWork(weights: number, epochs: number, inputs: number): number {
  return FINE_TUNING * weights * epochs * inputs;
}

/** Returns the number of weights of each layer of a stack on examples with this many values. */
export function weightsOf(layers: readonly { readonly size: number }[], values: number): number[] {
  let below = values;
  return layers.map(({ size }) => {
    const weights = below * size;
    below = size;
    return weights;
  });
}

/**
 * Estimates the multiplications that each stage of a job takes: its layers, then its classifiers.
 *
 * @param values of an example
 * @param examples in the training set
 */
export function stageWork(job: Job, values: number, examples: number): number[] {
  const weights = weightsOf(job.layers, values);
  return [
    ...layerWork(job.layers, values, examples),
    ...job.classifiers.map(({ epochs, depth, labels = examples }) => {
      const all = weights.slice(0, depth).reduce((a, b) => a + b, values);
      return fineTuningWork(all, epochs, labels);
    }),
  ];
}

/** Estimates the multiplications that a whole job takes. Arguments as for `stageWork`. */
export function jobWork(job: Job, values: number, examples: number): number {
  return stageWork(job, values, examples).reduce((a, b) => a + b, 0);
}
