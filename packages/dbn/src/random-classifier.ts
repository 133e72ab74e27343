import { checkNumber, checkOptionNames } from '@deepbelief/checks';
import { scaledNormals } from '@deepbelief/kernels';
import { foldKey, randomKey } from '@deepbelief/random';
import type { Units } from '@deepbelief/units';
import { tensor1d, zeros, type Rank } from '@tensorflow/tfjs-core';
import { checkClasses } from './check-classes.ts';
import { checkLayerOptions } from './check-layers.ts';
import { Classifier } from './classifier.ts';

/** The layers of a classifier that starts from random weights. */
export interface RandomClassifierOptions {
  /** Values per example. */
  readonly inputs: number;
  /** Hidden layers, from the data up. */
  readonly layers: readonly {
    readonly units: Units;
    readonly size: number;
    readonly zeroBias?: boolean;
  }[];
  readonly classes: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Makes the same net with random weights, for comparison. Weights are normal with variance
 * 2 / inputs for rectified units (He et al. 2015) and 2 / (inputs + outputs) for all others (Glorot
 * & Bengio 2010), the best known start for each. Biases and the softmax start at zero.
 *
 * @throws RangeError for an unknown option, or if a size, the number of classes or the seed is out
 *   of range
 */
export function randomClassifier(options: RandomClassifierOptions): Classifier {
  const where = 'randomClassifier';
  checkOptionNames(where, options, ['inputs', 'layers', 'classes', 'seed']);
  const { seed = 0 } = options;
  checkClasses(where, options.classes);
  checkNumber(where, 'inputs', options.inputs, { low: 1, whole: true });
  checkNumber(where, 'seed', seed, { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true });
  checkLayerOptions(where, options.layers);
  const key = foldKey(randomKey(seed), 'random classifier');
  let inputs = options.inputs;
  const layers = options.layers.map(({ units, size, zeroBias = false }, i) => {
    const variance = units.rectified ? 2 / inputs : 2 / (inputs + size);
    const weights = scaledNormals(foldKey(key, i), [inputs, size], Math.sqrt(variance));
    inputs = size;
    const own = Object.entries(units.initialParameters(size));
    const parameters = Object.fromEntries(own.map(([name, values]) => [name, tensor1d(values)]));
    return { units, weights, bias: zeros<Rank.R1>([size]), parameters, zeroBias };
  });
  return new Classifier(layers, {
    weights: zeros([inputs, options.classes]),
    bias: zeros([options.classes]),
  });
}
