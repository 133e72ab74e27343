import { inMemoryDataset, pairDataset, type PairDataset } from '@deepbelief/data';
import { normals, randomKey } from '@deepbelief/random';
import type { Units } from '@deepbelief/units';
import { tensor1d, zeros, type Rank } from '@tensorflow/tfjs-core';
import { Siamese, type ClassifierLayer } from '../../src/index.ts';
import { smallClassifier, type SmallLayer } from './nets.ts';

/** A Siamese net whose parameters are all away from zero, except biases fixed there. */
export function smallSiamese(inputs: number, layers: readonly SmallLayer[]): Siamese {
  const { layers: made, output } = smallClassifier(inputs, layers, 2);
  output.weights.dispose();
  output.bias.dispose();
  return new Siamese(made, { weight: tensor1d([3]), bias: tensor1d([-0.7]) }, { window: 0.5 });
}

/** One layer whose units have no input at all. */
export function deadSiamese(units: Units, inputs: number, size: number): Siamese {
  const layer: ClassifierLayer = {
    units,
    weights: zeros<Rank.R2>([inputs, size]),
    bias: zeros<Rank.R1>([size]),
    parameters: {},
    zeroBias: true,
  };
  return new Siamese([layer], { weight: tensor1d([3]), bias: tensor1d([-0.7]) });
}

/** Pairs of points that lie in one direction from the origin, up to noise, or in two. */
export function directionPairs(pairs: number, deviation: number, seed: number): PairDataset {
  const values = 3;
  const noise = normals(randomKey(seed), 2 * pairs * values);
  const inputs = new Float32Array(2 * pairs * values);
  for (let i = 0; i < 2 * pairs; i++) {
    const pair = i >> 1;
    // Pairs of even number are the same: both points on one axis.
    const axis = pair % 2 === 0 ? pair % values : (pair + i) % values;
    for (let j = 0; j < values; j++) {
      inputs[i * values + j] = (j === axis ? 1 : 0) + deviation * noise[i * values + j]!;
    }
  }
  return pairDataset({
    name: 'directions',
    examples: inMemoryDataset({ name: 'points', inputs, shape: [values] }),
    pairs: Array.from({ length: pairs }, (_, i) => ({
      first: 2 * i,
      second: 2 * i + 1,
      same: i % 2 === 0,
    })),
  });
}
