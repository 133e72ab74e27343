import {
  countOutside,
  denseStates,
  denseStatesKernel,
  gradientFactors,
  MOMENTUM_UPDATE_KERNEL,
  momentumUpdate,
  SCALED_NORMALS_KERNEL,
  SQUARED_DISTANCE_KERNEL,
  squaredDistance,
} from '@deepbelief/kernels';
import { binary, unitsFromConfig } from '@deepbelief/units';
import {
  cast,
  dispose,
  engine,
  memory,
  tensor,
  tensor1d,
  tensor2d,
  tidy,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unregisterProducts, useBackend } from '../src/index.ts';
import { REFUSED, settings, type Shapes } from './support/refused-calls.ts';
import { REFUSED_CONVOLUTIONS } from './support/refused-convolutions.ts';
import { useSoftwareGpu } from './support/software-gpu.ts';

const noGpu = await useSoftwareGpu();
afterAll(unregisterProducts);

function filled(shape: readonly (number | string)[]): Tensor {
  const extents = shape.filter((extent) => typeof extent === 'number');
  const dtype = (typeof shape[0] === 'string' ? shape[0] : 'float32') as 'float32' | 'int32';
  return tensor(new Int32Array(extents.reduce((a, b) => a * b, 1)).fill(1), extents, dtype);
}

function make(shapes: Shapes): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    tensors[name] = typeof shape === 'string' ? tensors[shape]! : filled(shape);
  }
  return tensors;
}

/** Runs a kernel by name between tensors whose values must stay, and returns its message. */
async function refusal(
  kernel: string,
  inputs: Record<string, Tensor>,
  attributes: object,
): Promise<string> {
  const before = memory().numTensors;
  const around = [filled([64]), filled([64])];
  let message = 'nothing';
  try {
    dispose(engine().runKernel<Tensor>(kernel, inputs, { ...attributes }));
  } catch (error) {
    message = error instanceof RangeError ? error.message : `not a RangeError: ${String(error)}`;
  }
  for (const one of [...around, ...Object.values(inputs)]) {
    if (one.isDisposed) continue;
    for (const value of await one.data()) expect(value).toBe(1);
  }
  dispose(around);
  expect(memory().numTensors, 'tensors left over').toBe(before);
  return message;
}

describe.each([
  ['wasm', undefined],
  ['webgpu', noGpu],
] as const)('on %s', (backend, missing) => {
  beforeAll(async () => {
    if (missing === undefined) await useBackend({ backend });
  });
  const onGpu = REFUSED.filter(
    ([kernel]) => ![SCALED_NORMALS_KERNEL, SQUARED_DISTANCE_KERNEL].includes(kernel),
  );
  const kernels = backend === 'wasm' ? [...REFUSED, ...REFUSED_CONVOLUTIONS] : onGpu;

  test.for([{ type: 'gaussian' }, { type: 'nrelu' }, { type: 'stepped-sigmoid' }])(
    'omitted options of $type have their defaults in a kernel called by name',
    async (units, { skip }) => {
      skip(missing !== undefined, missing);
      const inputs = {
        states: tensor2d([[0.5, -1]]),
        weights: tensor2d([1, 2, -1, 0.5], [2, 2]),
        bias: tensor1d([0.1, 0.2]),
      };
      const attributes = { units, transposed: false, mean: true, key: undefined } as object;
      const [found] = engine().runKernel<Tensor2D[]>(denseStatesKernel(units.type), inputs, {
        ...attributes,
      });
      // The input is vW + b; the types' own functions have their defaults.
      const expected = tidy(() => unitsFromConfig(units).mean(tensor2d([[1.6, 0.7]])));
      const means = await expected.data();
      (await found!.data()).forEach((value, i) => expect(value).toBeCloseTo(means[i]!, 5));
      dispose([inputs, found!, expected]);
    },
  );

  test.for(kernels)(
    '%s of %j with %j is refused: %s',
    async ([kernel, shapes, attributes, expected], { skip }) => {
      skip(missing !== undefined, missing);
      const inputs = make(shapes);
      const message = await refusal(kernel, inputs, attributes);
      expect(message).toContain(expected);
      expect(message).not.toContain('\n');
      dispose(inputs);
    },
  );

  test('a kernel refuses a disposed tensor, or one that claims more values than it has', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing);
    const inputs = make({ parameter: [6, 4], velocity: [6, 4], gradient: [6, 4] });
    inputs['velocity']!.dispose();
    expect(await refusal(MOMENTUM_UPDATE_KERNEL, inputs, settings)).toBe(
      'momentumUpdate: velocity is disposed, expected a tensor that still has values',
    );
    const short = filled([2]);
    const liar = { dataId: short.dataId, shape: [6, 4], dtype: 'float32' } as object as Tensor;
    expect(() =>
      engine().runKernel(
        MOMENTUM_UPDATE_KERNEL,
        { ...inputs, velocity: liar },
        settings as object as {},
      ),
    ).toThrow(
      `${MOMENTUM_UPDATE_KERNEL}: velocity holds float32 of shape [2], expected float32 of [6, 4]`,
    );
    const gone = {
      dataId: inputs['velocity']!.dataId,
      shape: [6, 4],
      dtype: 'float32',
    } as object as Tensor;
    expect(() =>
      engine().runKernel(
        MOMENTUM_UPDATE_KERNEL,
        { ...inputs, velocity: gone },
        settings as object as {},
      ),
    ).toThrow(`${MOMENTUM_UPDATE_KERNEL}: velocity is disposed`);
    short.dispose();
    dispose(inputs);
  });
});

describe.each([
  ['cpu', undefined],
  ['wasm', undefined],
  ['webgpu', noGpu],
] as const)('the public functions on %s', (backend, missing) => {
  beforeAll(async () => {
    if (missing === undefined) await useBackend({ backend });
  });

  test('refuse wrong shapes with the same message', ({ skip }) => {
    skip(missing !== undefined, missing);
    const { parameter, velocity, gradient, other } = make({
      parameter: [6, 4],
      velocity: [6, 3],
      gradient: [6, 4],
      other: [2, 6],
    }) as Record<string, Tensor2D>;
    expect(() =>
      momentumUpdate({ parameter: parameter!, velocity: velocity! }, gradient!, settings),
    ).toThrow(new RangeError('momentumUpdate: velocity has shape [6, 3], expected [6, 4]'));
    expect(() => squaredDistance(parameter!, velocity!)).toThrow(
      new RangeError('squaredDistance: y has shape [6, 3], expected [6, 4]'),
    );
    expect(() =>
      gradientFactors({ visible: other!, hidden: other! }, { visible: other!, hidden: parameter! }),
    ).toThrow(new RangeError('gradientFactors: modelHidden has shape [6, 4], expected [2, 6]'));
    dispose([parameter!, velocity!, gradient!, other!]);
  });

  test.for(['int32', 'bool'] as const)(
    'take %s states as the numbers that they are',
    async (dtype, { skip }) => {
      skip(missing !== undefined, missing);
      const before = memory().numTensors;
      const numbers = async (type: 'float32' | 'int32' | 'bool'): Promise<number[][]> => {
        const states = tensor2d([1, 0, 1, 1, 0, 1], [2, 3], type);
        const weights = tensor2d([0.5, -1, 2, 0.25, 1, -2], [3, 2]);
        const bias = tensor1d([0.1, -0.1]);
        const layerOf = { units: binary(), parameters: {}, weights, bias, transposed: false };
        const { mean } = denseStates(layerOf, states, { mean: true });
        const factored = gradientFactors(
          { visible: states, hidden: states },
          { visible: mean3(), hidden: states },
        );
        const ours = [
          mean,
          factored.weights.left,
          factored.weights.right,
          factored.visibleBias,
          factored.hiddenBias,
        ];
        const distance = squaredDistance(states, states);
        const outside = countOutside(states, 0, 0);
        const moved = momentumUpdate({ parameter: mean3(), velocity: mean3() }, states, settings);
        const found = [...ours, distance, outside, moved.parameter, moved.velocity];
        const read = await Promise.all(found.map(async (one) => [...(await one.data())]));
        dispose([...found, states, weights, bias]);
        return read;
      };
      const mean3 = (): Tensor2D => keepTrack(tensor([0.5, 0.25, 0.125, 1, 2, 3], [2, 3]));
      const tracked: Tensor[] = [];
      const keepTrack = (one: Tensor): Tensor2D => {
        tracked.push(one);
        return one as Tensor2D;
      };
      expect(await numbers(dtype)).toEqual(await numbers('float32'));
      dispose(tracked);
      expect(memory().numTensors, 'tensors left over').toBe(before);
    },
  );

  test('accept a float32 tensor that was cast from integers', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const states = tidy(() => cast(tensor2d([1, 0, 1, 1, 0, 1], [2, 3], 'int32'), 'float32'));
    const zero = tensor2d([0, 0, 0, 0, 0, 0], [2, 3]);
    const distance = squaredDistance(states, zero);
    const outside = countOutside(states, 1, 1);
    const factored = gradientFactors(
      { visible: states, hidden: states },
      { visible: zero, hidden: zero },
    );
    expect([...(await distance.data())]).toEqual([4]);
    expect([...(await outside.data())]).toEqual([2]);
    expect([...(await factored.visibleBias.data())]).toEqual([1, 0, 1]);
    dispose([states, zero, distance, outside, factored]);
  });
});
