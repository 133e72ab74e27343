import { createRbm, features, reconstruct } from '@deepbelief/rbm';
import { setParameter } from '@deepbelief/rbm/internal';
import { normals, randomKey } from '@deepbelief/random';
import { expectClose, expectNoLeak, take } from '@deepbelief/test-support/tensors';
import { unitsFromConfig, unitTypes, type UnitsConfig } from '@deepbelief/units';
import { tensor1d, tensor2d, zeros, type Rank } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { encodeOnnx } from '../src/index.ts';
import { randomizeParameters } from './support/random-parameters.ts';
import { runOnnx } from './support/run-onnx.ts';

const SIZE = 8;
const ROWS = 5;

const examples = unitTypes.flatMap(({ type, examples: options }) =>
  options.map((option): UnitsConfig => ({ type, ...option })),
);

// A unit type without operators fails here: add a line to src/unit-nodes.ts.
test.each(examples)('ONNX Runtime computes what we do with %o units', (config) =>
  expectNoLeak(async () => {
    const units = unitsFromConfig(config);
    const layer = { units, size: SIZE };
    // Inputs of the units reach some ten to both sides.
    const rbm = randomizeParameters(createRbm({ visible: layer, hidden: layer }), 1.5, 7);
    const values = normals(randomKey(3), ROWS * SIZE);
    const visible = tensor2d(values, [ROWS, SIZE]);
    const bytes = await encodeOnnx(rbm, { reconstruction: true });
    const found = await runOnnx(bytes, {
      visible: { values: [...values], shape: [ROWS, SIZE] },
    });
    for (const [name, ours] of Object.entries({
      features: take(features(rbm, visible)),
      reconstruction: take(reconstruct(rbm, visible)),
    })) {
      expect(found[name]!.shape).toEqual([ROWS, SIZE]);
      const tolerance = { absolute: 1e-5, relative: 1e-5 };
      expectClose(found[name]!.values, ours, tolerance, name);
    }
    visible.dispose();
    rbm.dispose();
  }),
);

test.each(examples)('they agree on inputs far from zero with %o units', (config) =>
  expectNoLeak(async () => {
    const units = unitsFromConfig(config);
    const rbm = createRbm({
      visible: { units, size: SIZE },
      hidden: { units, size: SIZE },
      weightScale: 0,
    });
    setParameter(rbm, 'hidden.bias', tensor1d([1e4, -1e4, 100, -100, 30, -30, 8, -8]));
    const visible = zeros<Rank.R2>([1, SIZE]);
    const found = await runOnnx(await encodeOnnx(rbm, { reconstruction: true }), {
      visible: { values: Array<number>(SIZE).fill(0), shape: [1, SIZE] },
    });
    const tolerance = { absolute: 1e-5, relative: 1e-5 };
    expectClose(found['features']!.values, take(features(rbm, visible)), tolerance);
    expectClose(found['reconstruction']!.values, take(reconstruct(rbm, visible)), tolerance);
    visible.dispose();
    rbm.dispose();
  }),
);
