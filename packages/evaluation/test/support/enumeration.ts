import { setParameter } from '@deepbelief/rbm/internal';
import { createRbm, type Rbm } from '@deepbelief/rbm';
import type { Units } from '@deepbelief/units';
import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';

/** One state of a layer and its energy: −log of its weight without input. */
export interface State {
  readonly values: readonly number[];
  readonly energy: number;
}

/** A layer's unit type with its states listed by hand. */
export interface FiniteLayer {
  readonly title: string;
  readonly units: Units;
  readonly size: number;
  readonly states: readonly State[];
}

/** All combinations of one state per site. */
export function combine(sites: number, states: readonly State[]): readonly State[] {
  let all: readonly State[] = [{ values: [], energy: 0 }];
  for (let site = 0; site < sites; site++) {
    all = all.flatMap((left) =>
      states.map((right) => ({
        values: [...left.values, ...right.values],
        energy: left.energy + right.energy,
      })),
    );
  }
  return all;
}

/** States s = 0, 1, … with the given energies. */
export function countsWithEnergies(energies: readonly number[]): readonly State[] {
  return energies.map((energy, count) => ({ values: [count], energy }));
}

/** An RBM in numbers that float32 holds exactly, as plain arrays and as tensors. */
export interface Example {
  readonly visibleBias: readonly number[];
  readonly hiddenBias: readonly number[];
  readonly weights: readonly (readonly number[])[];
  readonly rbm: Rbm;
}

export function exampleRbm(
  visible: Pick<FiniteLayer, 'units' | 'size'>,
  hidden: Pick<FiniteLayer, 'units' | 'size'>,
): Example {
  // Multiples of 1/64 from a linear congruential generator.
  let state = 12345;
  const next = (): number => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * 128) / 64 - 1;
  };
  const visibleBias = Array.from({ length: visible.size }, next);
  const hiddenBias = Array.from({ length: hidden.size }, next);
  const weights = Array.from({ length: visible.size }, () =>
    Array.from({ length: hidden.size }, next),
  );
  const rbm = createRbm({
    visible: { units: visible.units, size: visible.size },
    hidden: { units: hidden.units, size: hidden.size },
  });
  setParameter(rbm, 'visible.bias', tensor1d(visibleBias));
  setParameter(rbm, 'hidden.bias', tensor1d(hiddenBias));
  setParameter(rbm, 'weights', tensor2d(weights));
  return { visibleBias, hiddenBias, weights, rbm };
}

/** E(v, h) from the definition. */
export function jointEnergy(example: Example, visible: State, hidden: State): number {
  let energy = visible.energy + hidden.energy;
  visible.values.forEach((v, i) => {
    energy -= example.visibleBias[i]! * v;
    hidden.values.forEach((h, j) => (energy -= v * example.weights[i]![j]! * h));
  });
  hidden.values.forEach((h, j) => (energy -= example.hiddenBias[j]! * h));
  return energy;
}

/** log Σ exp of a few numbers. */
export function logSum(logs: readonly number[]): number {
  const highest = Math.max(...logs);
  return highest + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - highest), 0));
}
