import { dispose } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { momentumUpdate } from '../src/index.ts';
import { expectClose, expectNoLeak, matrix, take, vector } from '@deepbelief/test-support/tensors';

const [parameters, velocities, slopes] = [
  [0.5, -2, 0],
  [0.1, 0.2, -0.3],
  [1, -1, 0.5],
];

test.each([
  { rate: 0.1, momentum: 0, l1: 0, l2: 0 },
  { rate: 0.1, momentum: 0.9, l1: 0, l2: 0 },
  { rate: 0.1, momentum: 0.9, l1: 0.3, l2: 0 },
  { rate: 0.1, momentum: 0.9, l1: 0, l2: 0.2 },
  { rate: 0.2, momentum: 0.5, l1: 0.3, l2: 0.2 },
  { rate: 0, momentum: 0.5, l1: 0.3, l2: 0.2 },
])('a step with $rate, momentum $momentum, l1 $l1 and l2 $l2 is the formula', async (settings) => {
  const { rate, momentum, l1, l2 } = settings;
  await expectNoLeak(() => {
    const tensors = [parameters, velocities, slopes].map(vector);
    const next = momentumUpdate(
      { parameter: tensors[0]!, velocity: tensors[1]! },
      tensors[2]!,
      settings,
    );
    const velocity = velocities.map((v, i) => {
      const w = parameters[i]!;
      return momentum * v + rate * (slopes[i]! - l1 * Math.sign(w) - l2 * w);
    });
    expectClose(take(next.velocity), velocity, { relative: 1e-6, absolute: 1e-7 });
    const moved = parameters.map((w, i) => w + velocity[i]!);
    expectClose(take(next.parameter), moved, { relative: 1e-6, absolute: 1e-7 });
    expect([...tensors[0]!.dataSync()], 'the old parameter stays').toEqual(parameters);
    for (const tensor of tensors) tensor.dispose();
  });
});

test('a gradient in factors is their product', async () => {
  await expectNoLeak(() => {
    const [parameter, velocity] = [matrix([[1, 2]]), matrix([[0.5, -1]])];
    const factors = {
      left: matrix([[2], [-1]]),
      right: matrix([
        [3, 1],
        [4, 0.5],
      ]),
    };
    const next = momentumUpdate({ parameter, velocity }, factors, {
      rate: 0.1,
      momentum: 0.5,
      l1: 0,
      l2: 0,
    });
    const expected = [0.25 + 0.1 * (6 - 4), -0.5 + 0.1 * (2 - 0.5)];
    expectClose(take(next.velocity), expected);
    expectClose(take(next.parameter), [1 + expected[0]!, 2 + expected[1]!]);
    dispose([parameter, velocity, factors]);
  });
});
