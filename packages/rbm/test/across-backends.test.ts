import { useBackend, type BackendName } from '@deepbelief/backend';
import { normals, randomKey, uniforms } from '@deepbelief/random';
import {
  binary,
  binomial,
  gaussian,
  mixed,
  nrelu,
  ordinal,
  poisson,
  relu,
  softmax,
  spin,
  steppedSigmoid,
  type Units,
} from '@deepbelief/units';
import { describe, expect, test } from 'vitest';
import { useSoftwareGpu } from '../../backend/test/support/software-gpu.ts';
import {
  createRbm,
  decodeTrainer,
  encodeTrainer,
  RbmTrainer,
  type TrainingOptions,
} from '../src/index.ts';
import { parameterTensors } from '../src/internal.ts';
import { expectClose, expectNoLeak, matrix } from '@deepbelief/test-support/tensors';

const [batch, visibleSize, hiddenSize] = [20, 12, 8];
const normal = normals(randomKey(1), batch * visibleSize);
const uniform = uniforms(randomKey(2), batch * visibleSize);
const filled = (value: (i: number) => number): number[][] =>
  Array.from({ length: batch }, (_, row) =>
    Array.from({ length: visibleSize }, (__, i) => value(row * visibleSize + i)),
  );
const bits = filled((i) => (uniform[i]! < 0.5 ? 1 : 0));
const reals = filled((i) => normal[i]!);

const cases: readonly (readonly [string, Units, Units, number[][], TrainingOptions])[] = [
  ['binary-binary', binary(), binary(), bits, {}],
  [
    'binary-binary with PCD and centering',
    binary(),
    binary(),
    bits,
    { negativePhase: { type: 'pcd' }, centering: true },
  ],
  ['binary-nrelu', binary(), nrelu(), bits, {}],
  ['binary-relu', binary(), relu(), bits, {}],
  ['gaussian-nrelu', gaussian(), nrelu(), reals, { weightDecay: { l1: 0.01, l2: 0.01 } }],
  ['gaussian-binary with learned σ', gaussian({ learnSigma: true }), binary(), reals, {}],
  ['spin-spin', spin(), spin(), filled((i) => (uniform[i]! < 0.5 ? 1 : -1)), {}],
  [
    'softmax-softmax',
    softmax({ groupSize: 4 }),
    softmax({ groupSize: 4 }),
    filled((i) => (i % 4 === 1 ? 1 : 0)),
    {},
  ],
  [
    'mixed-mixed',
    mixed([
      { units: binary(), size: 3 },
      { units: ordinal({ levels: 3 }), size: 2 },
      { units: gaussian({ learnSigma: true }), size: 4 },
      { units: poisson({ most: 4 }), size: 3 },
    ]),
    mixed([
      { units: binary(), size: 6 },
      { units: relu(), size: 2 },
    ]),
    filled((i) => (uniform[i]! < 0.5 ? 1 : 0)),
    { centering: true },
  ],
  [
    'binomial-binary',
    binomial({ copies: 4 }),
    binary(),
    filled((i) => Math.floor(uniform[i]! * 5)),
    {},
  ],
  [
    'stepped-stepped',
    steppedSigmoid({ copies: 4 }),
    steppedSigmoid(),
    filled((i) => Math.floor(uniform[i]! * 5)),
    {},
  ],
];

/** The parameters after one step with samples on both sides, from the same state. */
async function afterStep(
  backend: BackendName,
  [, visible, hidden, rows, options]: (typeof cases)[number],
): Promise<Record<string, number[]>> {
  await useBackend({ backend });
  return expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: visible, size: visibleSize },
      hidden: { units: hidden, size: hiddenSize },
      weightScale: 0.3,
    });
    const trainer = new RbmTrainer(rbm, {
      statistics: 'sample',
      reconstruction: 'sample',
      learningRate: 0.1,
      ...options,
    });
    const data = matrix(rows);
    trainer.step(data);
    const numbers: Record<string, number[]> = {};
    for (const [name, tensor] of Object.entries(parameterTensors(rbm)))
      numbers[name] = [...(await tensor.data())];
    data.dispose();
    trainer.dispose();
    rbm.dispose();
    return numbers;
  });
}

const backends: readonly (readonly [BackendName, string | undefined])[] = [
  ['wasm', undefined],
  ['webgpu', await useSoftwareGpu()],
];

// Samples are decided by the same uniforms; none of these few thousand lies within rounding of its
// threshold.
describe.each(backends)('as on cpu, up to rounding, is on %s', (backend, missing) => {
  test.for(cases)('a step of %s', async (one, { skip }) => {
    skip(missing !== undefined, missing);
    const cpu = await afterStep('cpu', one);
    const other = await afterStep(backend, one);
    for (const [name, values] of Object.entries(cpu)) {
      expectClose(other[name]!, values, { relative: 2e-5, absolute: 2e-5 }, name);
    }
  });
});

test('a checkpoint of one backend goes on in another', async () => {
  const [, visible, hidden, rows, options] = cases[1]!;
  await useBackend({ backend: 'cpu' });
  const bytes = await expectNoLeak(async () => {
    const rbm = createRbm({
      visible: { units: visible, size: visibleSize },
      hidden: { units: hidden, size: hiddenSize },
    });
    const trainer = new RbmTrainer(rbm, options);
    const data = matrix(rows);
    trainer.step(data);
    const checkpoint = await encodeTrainer(trainer);
    data.dispose();
    trainer.dispose();
    rbm.dispose();
    return checkpoint;
  });
  await useBackend({ backend: 'wasm' });
  await expectNoLeak(async () => {
    const trainer = decodeTrainer(bytes, 'checkpoint', options);
    expect(await encodeTrainer(trainer)).toEqual(bytes);
    const data = matrix(rows);
    trainer.step(data);
    await trainer.check();
    data.dispose();
    trainer.rbm.dispose();
    trainer.dispose();
  });
});
