import { normals, randomKey } from '@deepbelief/random';
import { dispose, tensor1d, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { createOptimizer, type OptimizerOptions } from '../src/index.ts';
import { expectClose, expectNoLeak, numbers } from '@deepbelief/test-support/tensors';

const start = [1, -0.5, 0.25, 2];

/** Gradients of a run: the same each time, of very different sizes, one always zero. */
function gradientAt(step: number): number[] {
  return [...normals(randomKey(step), start.length)].map(
    (value, i) => value * [1, 1e-3, 0, 30][i]!,
  );
}

/** Where the rule takes the parameters in `steps` steps. */
function run(options: OptimizerOptions, steps: number, rate: number): number[] {
  const optimizer = createOptimizer(options);
  let parameter = tensor1d(start);
  let memory: Readonly<Record<string, Tensor>> = optimizer.start(parameter);
  for (let step = 0; step < steps; step++) {
    const gradient = tensor1d(gradientAt(step));
    const next = optimizer.update<Tensor1D>(parameter, memory, gradient, rate, step);
    gradient.dispose();
    ({ parameter, memory } = next);
  }
  const reached = numbers(parameter);
  parameter.dispose();
  dispose(memory);
  return reached;
}

/** Stochastic gradient descent with momentum in float64. */
function sgd(momentum: number, steps: number, rate: number): number[] {
  return start.map((value, i) => {
    let [theta, velocity] = [value, 0];
    for (let step = 0; step < steps; step++) {
      velocity = momentum * velocity - rate * gradientAt(step)[i]!;
      theta += velocity;
    }
    return theta;
  });
}

/** Algorithm 1 of Kingma & Ba 2015 in float64, with both bias corrections spelled out. */
function adam(
  beta1: number,
  beta2: number,
  epsilon: number,
  steps: number,
  rate: number,
): number[] {
  return start.map((value, i) => {
    let [theta, first, second] = [value, 0, 0];
    for (let t = 1; t <= steps; t++) {
      const gradient = gradientAt(t - 1)[i]!;
      first = beta1 * first + (1 - beta1) * gradient;
      second = beta2 * second + (1 - beta2) * gradient * gradient;
      theta -=
        (rate * (first / (1 - beta1 ** t))) / (Math.sqrt(second / (1 - beta2 ** t)) + epsilon);
    }
    return theta;
  });
}

const tolerance = { relative: 1e-5, absolute: 1e-5 };

describe.each([1, 2, 10, 300])('after %i steps', (steps) => {
  test('SGD is where its formula leads, with momentum 0.9 by default', () =>
    expectNoLeak(() =>
      expectClose(run({ type: 'sgd' }, steps, 0.01), sgd(0.9, steps, 0.01), tolerance),
    ));

  test('SGD without momentum is where the sum of the gradients leads', () =>
    expectNoLeak(() => {
      const sum = start.map((value, i) => {
        const gradients = Array.from({ length: steps }, (_, step) => gradientAt(step)[i]!);
        return value - 0.01 * gradients.reduce((total, gradient) => total + gradient, 0);
      });
      expectClose(run({ type: 'sgd', momentum: 0 }, steps, 0.01), sum, tolerance);
    }));

  test('Adam is where algorithm 1 of its paper leads, with the defaults of the paper', () =>
    expectNoLeak(() =>
      expectClose(
        run({ type: 'adam' }, steps, 0.01),
        adam(0.9, 0.999, 1e-8, steps, 0.01),
        tolerance,
      ),
    ));

  test('Adam with other settings is where algorithm 1 of its paper leads', () =>
    expectNoLeak(() => {
      const options = { type: 'adam', beta1: 0.5, beta2: 0.9, epsilon: 0.1 } as const;
      expectClose(run(options, steps, 0.01), adam(0.5, 0.9, 0.1, steps, 0.01), tolerance);
    }));
});

test('the first step of Adam is as large as the rate, whatever the size of the gradient (Kingma & Ba 2015, 2.1)', () =>
  expectNoLeak(() => {
    const signs = gradientAt(0).map(Math.sign);
    const expected = start.map((value, i) => value - 0.01 * signs[i]!);
    expectClose(run({ type: 'adam' }, 1, 0.01), expected, { relative: 0, absolute: 1e-6 });
  }));

test('Adam with the least epsilon leaves a parameter without a gradient where it is', () =>
  expectNoLeak(() => {
    expect(run({ type: 'adam', epsilon: 1e-20 }, 5, 0.01)[2]).toBe(start[2]);
  }));

test('a rate of zero leaves every parameter where it is', () =>
  expectNoLeak(() => {
    expect(run({ type: 'sgd' }, 5, 0)).toEqual(start);
    expect(run({ type: 'adam' }, 5, 0)).toEqual(start);
  }));
