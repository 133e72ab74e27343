import { gibbs } from '@deepbelief/rbm';
import { randomKey } from '@deepbelief/random';
import { binary, gaussian, spin, type Units } from '@deepbelief/units';
import { tidy, zeros, type Rank } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { Dbn, generate, project } from '../src/index.ts';
import { smallDbn } from './support/nets.ts';
import { activation, affine } from './support/reference-net.ts';
import { expectClose, expectNoLeak, matrix, numbers, take } from '@deepbelief/test-support/tensors';

const key = randomKey(8);

function stack(first: Units): Dbn {
  return smallDbn([
    { units: first, size: 4 },
    { units: binary(), size: 3 },
    { units: binary(), size: 2 },
  ]);
}

/** Mean states of a layer's visible units given hidden ones, in float64. */
function meanBelow(dbn: Dbn, layer: number, hidden: readonly number[]): number[] {
  const { weights, visible } = dbn.layers[layer]!;
  const [rows, columns] = weights.shape;
  const values = numbers(weights);
  const transposed = Array.from(
    { length: rows * columns },
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!,
  );
  return activation(visible.units.config, affine(hidden, transposed, numbers(visible.bias)));
}

test.each([binary(), spin(), gaussian({ sigma: 0.7 })])(
  '$type units expect what the layers above tell them, layer by layer',
  (units) =>
    expectNoLeak(() => {
      const dbn = stack(units);
      const states = [
        [0, 1],
        [1, 0.25],
      ];
      const hidden = matrix(states);
      const expected = states.flatMap((row) => meanBelow(dbn, 0, meanBelow(dbn, 1, row)));
      expectClose(take(project(dbn, hidden)), expected);
      hidden.dispose();
      dbn.dispose();
    }),
);

test('samples of one layer are the end of its Gibbs chains, by the same key', () =>
  expectNoLeak(() => {
    const dbn = smallDbn([
      { units: binary(), size: 4 },
      { units: binary(), size: 3 },
    ]);
    const start = matrix([
      [0, 1, 0, 1],
      [1, 1, 0, 0],
    ]);
    const chains = tidy(() => gibbs(dbn.layers[0]!, start, key, 5).visible);
    expect(take(generate(dbn, start, key, 5))).toEqual(take(chains));
    start.dispose();
    dbn.dispose();
  }));

test('the mean of samples is that of the enumerated top RBM taken down (false alarms: 1 in 400,000)', () =>
  expectNoLeak(() => {
    const dbn = stack(gaussian());
    const top = dbn.layers[1]!;
    const [a, b, w] = [top.visible.bias, top.hidden.bias, top.weights].map(numbers) as [
      number[],
      number[],
      number[],
    ];
    const states = Array.from({ length: 8 }, (_, n) => [n & 1, (n >> 1) & 1, (n >> 2) & 1]);
    // P(v) ∝ exp(a·v) Π_j (1 + exp(b_j + Σ_i v_i W_ij))
    const masses = states.map((v) =>
      affine(v, w, b).reduce(
        (product, x) => product * (1 + Math.exp(x)),
        Math.exp(v.reduce((sum, s, i) => sum + s * a[i]!, 0)),
      ),
    );
    const total = masses.reduce((sum, mass) => sum + mass);
    const means = states.map((v) => meanBelow(dbn, 0, v));

    const chains = 4000;
    const start = zeros<Rank.R2>([chains, 4]);
    const samples = take(generate(dbn, start, key, 50));
    start.dispose();
    for (let i = 0; i < 4; i++) {
      const moment = (power: number): number =>
        means.reduce((sum, mean, n) => sum + (masses[n]! / total) * mean[i]! ** power, 0);
      const deviation = Math.sqrt((moment(2) - moment(1) ** 2) / chains);
      const sampled = Array.from({ length: chains }, (_, chain) => samples[4 * chain + i]!);
      const mean = sampled.reduce((sum, value) => sum + value, 0) / chains;
      expect(Math.abs(mean - moment(1)), `visible unit ${i}`).toBeLessThan(5 * deviation);
    }
    dbn.dispose();
  }));

test('a stack without layers, no steps and unfit states are refused', () =>
  expectNoLeak(() => {
    const empty = new Dbn();
    const dbn = stack(binary());
    const start = matrix([[0, 1, 0, 1]]);
    expect(() => generate(empty, start, key, 5)).toThrow(
      new RangeError('generate: the stack has no layer yet, push a trained RBM first'),
    );
    expect(() => project(empty, start)).toThrow(
      new RangeError('project: the stack has no layer yet, push a trained RBM first'),
    );
    expect(() => generate(dbn, start, key, 0)).toThrow(/steps is 0/);
    expect(() => project(dbn, start)).toThrow(/has shape \[1, 4\], expected \[batch, 2\]/);
    start.dispose();
    dbn.dispose();
  }));
