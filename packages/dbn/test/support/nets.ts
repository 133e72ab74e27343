import { setParameter } from '@deepbelief/rbm/internal';
import { createRbm, type Rbm } from '@deepbelief/rbm';
import {
  binary,
  binomial,
  gaussian,
  nrelu,
  relu,
  softmax,
  spin,
  steppedSigmoid,
  type Units,
  type UnitParameters,
} from '@deepbelief/units';
import {
  tensor1d,
  tensor2d,
  zeros,
  type Rank,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { Classifier, Dbn, type ClassifierLayer } from '../../src/index.ts';

/** Every unit type, with a name for a test's title; all fit layers of an even size. */
export const titled: readonly (readonly [string, Units])[] = [
  ['binary', binary()],
  ['spin', spin()],
  ['gaussian', gaussian({ sigma: 0.7 })],
  ['gaussian with learned sigma', gaussian({ sigma: 1.3, learnSigma: true })],
  ['binomial', binomial({ copies: 3 })],
  ['stepped sigmoid', steppedSigmoid()],
  ['stepped sigmoid of 3 copies', steppedSigmoid({ copies: 3 })],
  ['nrelu', nrelu()],
  ['relu', relu()],
  ['softmax', softmax({ groupSize: 2 })],
];

/** A layer of a small net. */
export interface SmallLayer {
  readonly units: Units;
  readonly size: number;
  readonly zeroBias?: boolean;
}

/** Numbers of the order of 0.6 that follow no pattern, the same at each call. */
function irregular(count: number, phase: number): number[] {
  return Array.from(
    { length: count },
    (_, i) => 0.6 * Math.sin(1 + 2.3 * i + 0.7 * i * i + 5.1 * phase),
  );
}

function vector(size: number, phase: number): Tensor1D {
  return tensor1d(irregular(size, phase));
}

function weights(rows: number, columns: number, phase: number): Tensor2D {
  return tensor2d(irregular(rows * columns, phase), [rows, columns]);
}

/** A unit type's own parameters, away from their start. */
function ownParameters(units: Units, size: number): UnitParameters {
  const names = Object.keys(units.initialParameters(size));
  return Object.fromEntries(names.map((name, i) => [name, vector(size, 7 + i)]));
}

/**
 * A classifier whose parameters, softmax included, are all away from zero, except biases fixed
 * there.
 */
export function smallClassifier(
  inputs: number,
  layers: readonly SmallLayer[],
  classes: number,
): Classifier {
  let below = inputs;
  const made = layers.map(({ units, size, zeroBias = false }, i): ClassifierLayer => {
    const layer = {
      units,
      weights: weights(below, size, i),
      bias: zeroBias ? zeros<Rank.R1>([size]) : vector(size, 3 + i),
      parameters: ownParameters(units, size),
      zeroBias,
    };
    below = size;
    return layer;
  });
  return new Classifier(made, { weights: weights(below, classes, 5), bias: vector(classes, 6) });
}

/** An RBM with all its parameters away from their start. */
export function smallRbm(visible: SmallLayer, hidden: SmallLayer): Rbm {
  const zeroHiddenBias = hidden.zeroBias ?? false;
  const layer = ({ units, size }: SmallLayer): Pick<SmallLayer, 'units' | 'size'> => ({
    units,
    size,
  });
  const rbm = createRbm({ visible: layer(visible), hidden: layer(hidden), zeroHiddenBias });
  setParameter(rbm, 'weights', weights(visible.size, hidden.size, visible.size));
  setParameter(rbm, 'visible.bias', vector(visible.size, 3));
  if (!zeroHiddenBias) setParameter(rbm, 'hidden.bias', vector(hidden.size, 4));
  for (const side of ['visible', 'hidden'] as const) {
    for (const [name, value] of Object.entries(ownParameters(rbm[side].units, rbm[side].size))) {
      setParameter(rbm, `${side}.${name}`, value);
    }
  }
  return rbm;
}

/** A stack of such RBMs, the data's layer first. */
export function smallDbn(layers: readonly SmallLayer[]): Dbn {
  const dbn = new Dbn();
  layers.slice(1).forEach((hidden, i) => dbn.push(smallRbm(layers[i]!, hidden)));
  return dbn;
}
