import {
  binary,
  binomial,
  gaussian,
  mixed,
  ordinal,
  poisson,
  relu,
  softmax,
  spin,
  steppedSigmoid,
  type Units,
} from '@deepbelief/units';
import { createRbm, type Rbm } from '../../src/index.ts';
import { setParameter } from '../../src/internal.ts';
import { matrix, vector } from '@deepbelief/test-support/tensors';

/** A pair of layers small enough for a sum over all states. */
export interface SmallPair {
  readonly title: string;
  readonly visible: { readonly units: Units; readonly size: number };
  readonly hidden: { readonly units: Units; readonly size: number };
  /** A few states that the visible units can have, as data. */
  readonly data: readonly (readonly number[])[];
}

/** Pairs of exact types whose states are finitely many. */
export const finitePairs: readonly SmallPair[] = [
  {
    title: 'binary-binary',
    visible: { units: binary(), size: 4 },
    hidden: { units: binary(), size: 3 },
    data: [
      [1, 0, 1, 0],
      [0, 0, 1, 1],
      [1, 1, 1, 0],
    ],
  },
  {
    title: 'spin-binary',
    visible: { units: spin(), size: 3 },
    hidden: { units: binary(), size: 3 },
    data: [
      [1, -1, 1],
      [-1, -1, 1],
    ],
  },
  {
    title: 'binary-spin',
    visible: { units: binary(), size: 3 },
    hidden: { units: spin(), size: 2 },
    data: [
      [1, 0, 1],
      [0, 0, 1],
    ],
  },
  {
    title: 'softmax-binary',
    visible: { units: softmax({ groupSize: 3 }), size: 6 },
    hidden: { units: binary(), size: 2 },
    data: [
      [1, 0, 0, 0, 0, 1],
      [0, 1, 0, 0, 0, 1],
      [0, 1, 0, 1, 0, 0],
    ],
  },
  {
    title: 'binary-softmax',
    visible: { units: binary(), size: 3 },
    hidden: { units: softmax({ groupSize: 3 }), size: 3 },
    data: [
      [1, 0, 1],
      [0, 1, 1],
    ],
  },
  {
    title: 'binomial-binary',
    visible: { units: binomial({ copies: 3 }), size: 2 },
    hidden: { units: binary(), size: 3 },
    data: [
      [3, 0],
      [1, 2],
      [2, 2],
    ],
  },
  {
    title: 'stepped-binary',
    visible: { units: steppedSigmoid({ copies: 3 }), size: 2 },
    hidden: { units: binary(), size: 2 },
    data: [
      [3, 0],
      [1, 2],
      [2, 2],
    ],
  },
  {
    title: 'binary-stepped',
    visible: { units: binary(), size: 3 },
    hidden: { units: steppedSigmoid({ copies: 4 }), size: 2 },
    data: [
      [1, 0, 1],
      [0, 1, 1],
    ],
  },
  {
    title: 'spin-endlessly-stepped',
    visible: { units: spin(), size: 2 },
    hidden: { units: steppedSigmoid(), size: 1 },
    data: [
      [1, -1],
      [1, 1],
    ],
  },
  {
    title: 'mixed-binary',
    visible: {
      units: mixed([
        { units: binary(), size: 1 },
        { units: softmax({ groupSize: 3 }), size: 3 },
        { units: ordinal({ levels: 3, learnLevels: false }), size: 1 },
        { units: poisson({ most: 3 }), size: 1 },
      ]),
      size: 6,
    },
    hidden: { units: binary(), size: 3 },
    data: [
      [1, 0, 0, 1, 2, 0],
      [0, 0, 1, 0, 0, 3],
      [1, 1, 0, 0, 1, 1],
    ],
  },
  {
    title: 'binary-mixed',
    visible: { units: binary(), size: 3 },
    hidden: {
      units: mixed([
        { units: spin(), size: 1 },
        { units: ordinal({ levels: 3, learnLevels: false }), size: 1 },
      ]),
      size: 2,
    },
    data: [
      [1, 0, 1],
      [0, 1, 1],
    ],
  },
];

/** Pairs with a layer of real states, whose sums are integrals by quadrature. */
export const continuousPairs: readonly SmallPair[] = [
  {
    title: 'gaussian-binary',
    visible: { units: gaussian({ sigma: 0.7 }), size: 2 },
    hidden: { units: binary(), size: 3 },
    data: [
      [0.5, -1.25],
      [1.5, 0.25],
    ],
  },
  {
    title: 'gaussian-with-learned-sigma-binary',
    visible: { units: gaussian({ sigma: 1.3, learnSigma: true }), size: 2 },
    hidden: { units: binary(), size: 2 },
    data: [
      [0.5, -1.25],
      [1.5, 0.25],
      [-2, 0],
    ],
  },
  {
    title: 'mixed-with-learned-sigma-binary',
    visible: {
      units: mixed([
        { units: binary(), size: 1 },
        { units: gaussian({ sigma: 1.3, learnSigma: true }), size: 1 },
      ]),
      size: 2,
    },
    hidden: { units: binary(), size: 2 },
    data: [
      [1, -1.25],
      [0, 0.25],
    ],
  },
  {
    title: 'gaussian-gaussian',
    visible: { units: gaussian(), size: 1 },
    hidden: { units: gaussian({ sigma: 0.8 }), size: 1 },
    data: [[0.5], [-1.5]],
  },
  {
    title: 'binary-relu',
    visible: { units: binary(), size: 3 },
    hidden: { units: relu(), size: 1 },
    data: [
      [1, 0, 1],
      [0, 1, 1],
    ],
  },
  {
    title: 'gaussian-relu',
    visible: { units: gaussian(), size: 1 },
    hidden: { units: relu(), size: 1 },
    data: [[0.75], [-0.5]],
  },
];

/** An RBM of these layers with parameters of the order of `scale`, the same at each call. */
export function smallRbm(pair: Pick<SmallPair, 'visible' | 'hidden'>, scale = 0.8): Rbm {
  const rbm = createRbm({ visible: pair.visible, hidden: pair.hidden, seed: 1 });
  const { size: rows } = pair.visible;
  const { size: columns } = pair.hidden;
  const weight = (i: number, j: number): number => scale * Math.sin(1 + 2.3 * i + 5.1 * j);
  const grid = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (__, j) => weight(i, j)),
  );
  setParameter(rbm, 'weights', matrix(grid));
  setParameter(
    rbm,
    'visible.bias',
    vector(Array.from({ length: rows }, (_, i) => 0.5 * scale * Math.cos(1.7 * i))),
  );
  setParameter(
    rbm,
    'hidden.bias',
    vector(Array.from({ length: columns }, (_, j) => -0.6 * scale * Math.cos(2.9 * j))),
  );
  return rbm;
}
