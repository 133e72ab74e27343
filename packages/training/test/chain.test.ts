import { normals, randomKey } from '@deepbelief/random';
import { add, dispose, mul, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  chain,
  clipNorm,
  linkTypes,
  optimizerFromConfig,
  parameterOf,
  sgd as sgdLink,
  weightDecay,
  type Link,
  type Moment,
  type OptimizerOptions,
  type ParameterTraits,
} from '../src/index.ts';
import { expectClose, expectNoLeak, numbers } from '@deepbelief/test-support/tensors';

const start = [1, -0.5, 0.25, 2];

/** Gradients of a run: the same each time, of very different sizes, one always zero. */
function gradientAt(step: number): number[] {
  return [...normals(randomKey(step), start.length)].map(
    (value, i) => value * [1, 1e-3, 0, 30][i]!,
  );
}

/** Where an optimizer takes the parameters in `steps` steps down, or up the negative gradient. */
function run(
  options: OptimizerOptions,
  steps: number,
  rate: number,
  traits: Partial<ParameterTraits> = {},
  sense: Moment['sense'] = 'down',
): number[] {
  const optimizer = optimizerFromConfig(options);
  const owner = { bias: tensor1d(start) };
  const parameter = parameterOf({ name: 'b', kind: 'weights', ...traits }, owner, 'bias');
  let state = optimizer.start(parameter);
  for (let step = 0; step < steps; step++) {
    const sign = sense === 'down' ? 1 : -1;
    const gradient = tensor1d(gradientAt(step).map((value) => sign * value));
    state = optimizer.update(gradient, state, parameter, { step, epoch: step, rate, sense });
    gradient.dispose();
  }
  const reached = numbers(owner.bias);
  owner.bias.dispose();
  dispose({ ...state });
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

/** Bounds that no step reaches: they only keep a chain from its fused form. */
const far = { bounds: { low: -1e6, high: 1e6, largestStep: 1e6 } };

test.each<[string, OptimizerOptions]>([
  ['sgd', { type: 'sgd', momentum: 0.7 }],
  ['adam', { type: 'adam' }],
  ['a penalty and sgd', [{ type: 'weight-decay', l1: 0.01, l2: 0.1 }, { type: 'sgd' }]],
  ['a penalty and adam', [{ type: 'weight-decay', l2: 0.1 }, { type: 'adam' }]],
])('%s takes the same way in one pass and link by link, up and down', (_name, options) =>
  expectNoLeak(() => {
    const fused = run(options, 20, 0.01);
    expectClose(run(options, 20, 0.01, far), fused, tolerance);
    expectClose(run(options, 20, 0.01, far, 'up'), fused, tolerance);
    expectClose(run(options, 20, 0.01, {}, 'up'), fused, tolerance);
  }),
);

test('a penalty pulls weights and leaves biases alone', () =>
  expectNoLeak(() => {
    const options: OptimizerOptions = [
      { type: 'weight-decay', l1: 0.5, l2: 0.25 },
      { type: 'sgd', momentum: 0 },
    ];
    const slopes = gradientAt(0);
    const plain = start.map((value, i) => value - 0.1 * slopes[i]!);
    const pulled = plain.map(
      (value, i) => value - 0.1 * (0.5 * Math.sign(start[i]!) + 0.25 * start[i]!),
    );
    expectClose(run(options, 1, 0.1), pulled, tolerance);
    expectClose(run(options, 1, 0.1, { kind: 'bias' }), plain, tolerance);
  }));

test('clip-norm scales a gradient back to the norm, and leaves shorter ones', () =>
  expectNoLeak(() => {
    const slopes = gradientAt(0);
    const length = Math.hypot(...slopes);
    for (const norm of [length / 3, length * 2]) {
      const options: OptimizerOptions = [
        { type: 'clip-norm', norm },
        { type: 'sgd', momentum: 0 },
      ];
      const scale = Math.min(1, norm / length);
      const expected = start.map((value, i) => value - 0.1 * scale * slopes[i]!);
      expectClose(run(options, 1, 0.1), expected, tolerance);
    }
  }));

test('a parameter stays within its bounds, moves by its largest step, and obeys its constraint', () =>
  expectNoLeak(() => {
    const options: OptimizerOptions = { type: 'sgd', momentum: 0 };
    const slopes = gradientAt(0);
    const step = start.map((_, i) => Math.max(-0.05, Math.min(0.05, -slopes[i]!)));
    const bounds = { low: -0.6, high: 1.01, largestStep: 0.05 };
    const expected = start.map((value, i) => Math.max(-0.6, Math.min(1.01, value + step[i]!)));
    expectClose(run(options, 1, 1, { bounds }), expected, tolerance);
    const halves = run(options, 1, 1, { bounds, constrain: (value) => mul(value, 0.5) });
    expectClose(
      halves,
      start.map((value, i) => Math.max(-0.6, Math.min(1.01, (value + step[i]!) / 2))),
      tolerance,
    );
  }));

test('factors move a matrix as their product does', () =>
  expectNoLeak(() => {
    const moved = (type: 'sgd' | 'adam', isWhole: boolean): number[] => {
      const optimizer = optimizerFromConfig({ type });
      const owner = { weights: tensor2d([0.5, -1, 2, 0.25], [2, 2]) };
      const parameter = parameterOf({ name: 'w', kind: 'weights' }, owner, 'weights');
      const at = { step: 0, epoch: 0, rate: 0.1, sense: 'up' } as const;
      const [left, right] = [tensor2d([1, 2], [1, 2]), tensor2d([3, -1], [1, 2])];
      const whole = tensor2d([3, -1, 6, -2], [2, 2]);
      const gradient = isWhole ? whole : { left, right };
      const state = optimizer.update(gradient, optimizer.start(parameter), parameter, at);
      const reached = numbers(owner.weights);
      dispose([left, right, whole, owner.weights, { ...state }]);
      return reached;
    };
    for (const type of ['sgd', 'adam'] as const)
      expectClose(moved(type, false), moved(type, true), tolerance);
  }));

test("links of one's own join a chain, and what they remember is kept", () =>
  expectNoLeak(() => {
    /** Adds up what has passed: the step is the sum of all directions. */
    const summing: Link = {
      config: { type: 'summing' },
      start: ({ value }) => ({ sum: mul(value, 0) }),
      turn: (direction, state) => {
        const sum = add(state['sum']!, direction);
        return { direction: sum, state: { sum } };
      },
    };
    const optimizer = chain([summing, sgdLink({ momentum: 0 })]);
    const owner = { bias: tensor1d([0, 0]) };
    const parameter = parameterOf({ name: 'b', kind: 'bias' }, owner, 'bias');
    let state = optimizer.start(parameter);
    const gradient = tensor1d([1, -2]);
    for (let step = 0; step < 3; step++) {
      const at = { step, epoch: 0, rate: 1, sense: 'up' } as const;
      state = optimizer.update(gradient, state, parameter, at);
    }
    // 1 + 2 + 3 times the gradient.
    expectClose(numbers(owner.bias), [6, -12]);
    expect(Object.keys(state).toSorted()).toEqual(['sum', 'velocity']);
    dispose([gradient, owner.bias, { ...state }]);
  }));

test('a chain without a rule, with two, or with a change after the rule is refused', () => {
  expect(() => chain([])).toThrow('chain: the links are none, expected one rule among them');
  expect(() => chain([weightDecay()])).toThrow('the links are weight-decay, expected one rule');
  expect(() => chain([sgdLink(), sgdLink()])).toThrow('the links are sgd, sgd, expected one rule');
  expect(() => chain(Array.from({ length: 900 }, () => weightDecay()))).toThrow(
    /^chain: the links are (weight-decay, ){5}.{5,15}…, expected one rule among them/,
  );
  expect(() => chain([sgdLink(), clipNorm({ norm: 1 })])).toThrow(
    'clip-norm stands after sgd, expected it before the rule',
  );
});

test('an unknown link, or an unknown option of one, is refused and told what there is', () => {
  const make = (options: object) => () => optimizerFromConfig(options as OptimizerOptions);
  expect(make({ type: 'rmsprop' })).toThrow(
    `optimizer: type is "rmsprop", expected one of ${Object.keys(linkTypes).join(', ')}`,
  );
  expect(make([{ type: 'sgd' }, null])).toThrow(
    'optimizer: the options are null, expected an object with type',
  );
  expect(make({ type: 'adam', beta: 0.9 })).toThrow(
    'optimizer, adam: unknown option beta, expected only type, beta1, beta2, epsilon',
  );
});

test('what an optimizer says of itself makes it again', () => {
  for (const options of [
    { type: 'sgd' },
    [
      { type: 'weight-decay', l2: 1e-4 },
      { type: 'clip-norm', norm: 2 },
      { type: 'adam', beta1: 0.8 },
      { type: 'keep-zeros' },
      { type: 'max-norm', norm: 3 },
    ],
  ] as OptimizerOptions[]) {
    const { config } = optimizerFromConfig(options);
    expect(optimizerFromConfig(config).config).toEqual(config);
  }
});
