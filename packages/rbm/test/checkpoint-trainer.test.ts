import { decodeSafetensors, encodeSafetensors, SafetensorsError } from '@deepbelief/safetensors';
import { binary, gaussian, nrelu, type Units } from '@deepbelief/units';
import { describe, expect, test } from 'vitest';
import {
  createRbm,
  decodeTrainer,
  encodeRbm,
  encodeTrainer,
  ModelFileError,
  RbmTrainer,
  type Rbm,
  type TrainingOptions,
} from '../src/index.ts';
import { randomBits, randomNormals } from './support/datasets.ts';
import { expectNoLeak } from '@deepbelief/test-support/tensors';

const EPOCHS = 2;
const data = randomBits(25, 5);
const realData = randomNormals(25, [1, 1, 1, 1, 1]);

const cases: readonly (readonly [string, Units, Units, TrainingOptions])[] = [
  ['CD', binary(), binary(), {}],
  [
    'CD with a schedule of steps',
    binary(),
    nrelu(),
    {
      negativePhase: {
        type: 'cd',
        steps: [
          [0, 1],
          [1, 3],
        ],
      },
    },
  ],
  ['PCD', binary(), binary(), { negativePhase: { type: 'pcd', chains: 7, steps: 2 } }],
  [
    'PCD with centering, sparsity, decay and a largest norm',
    binary(),
    binary(),
    {
      negativePhase: { type: 'pcd' },
      centering: true,
      sparsity: { target: 0.2, cost: 0.5 },
      weightDecay: { l1: 0.001, l2: 0.01 },
      maxNorm: 0.2,
      keepZeros: true,
      momentum: { from: 0.5, to: 0.9, epochs: 1.5 },
    },
  ],
  ['a σ that is learned', gaussian({ learnSigma: true }), binary(), { statistics: 'sample' }],
];

const start = (visible: Units, hidden: Units): Rbm =>
  createRbm({ visible: { units: visible, size: 5 }, hidden: { units: hidden, size: 4 }, seed: 2 });

/** Trains to the end; the checkpoint after each step. */
async function finish(trainer: RbmTrainer): Promise<Uint8Array[]> {
  const checkpoints = [await encodeTrainer(trainer)];
  const set = trainer.rbm.visible.units.type === 'gaussian' ? realData : data;
  const note = async (): Promise<void> => {
    checkpoints.push(await encodeTrainer(trainer));
  };
  for await (const { epoch } of trainer.epochs(set, EPOCHS, note))
    expect(epoch).toBeLessThanOrEqual(EPOCHS);
  trainer.rbm.dispose();
  trainer.dispose();
  return checkpoints;
}

test.each(cases)(
  '%s goes on from any step with the same bytes',
  async (_name, visible, hidden, given) => {
    await expectNoLeak(async () => {
      const options = { batchSize: 10, seed: 3, ...given };
      const whole = await finish(new RbmTrainer(start(visible, hidden), options));
      expect(whole.length).toBe(1 + 3 * EPOCHS);
      for (const [step, checkpoint] of whole.entries()) {
        const trainer = decodeTrainer(checkpoint, 'checkpoint', options);
        expect(trainer.position.step).toBe(step);
        expect(await finish(trainer)).toEqual(whole.slice(step));
      }
    });
  },
);

describe('a checkpoint that does not fit is refused:', () => {
  const options: TrainingOptions = {
    batchSize: 10,
    centering: true,
    sparsity: { target: 0.1, cost: 1 },
    negativePhase: { type: 'pcd', chains: 6 },
  };
  const checkpointAt = async (step: number): Promise<Uint8Array> =>
    (await finish(new RbmTrainer(start(binary(), binary()), options)))[step]!;

  test.each<[TrainingOptions, string]>([
    [{ ...options, seed: 1 }, 'seed was 0, is 1'],
    [{ ...options, learningRate: 0.1 }, 'learningRate was 0.05, is 0.1'],
    [{ ...options, batchSize: 11 }, 'batchSize was 10, is 11'],
    [{ ...options, maxNorm: 2 }, 'maxNorm was not given, is 2'],
    [{ ...options, centering: false }, 'centeringRate was 0.01, is not given'],
    [
      { ...options, negativePhase: { type: 'cd' } },
      'negativePhase was {"type":"pcd","steps":1,"chains":6}',
    ],
  ])('one of other options than %j', async (other, message) => {
    await expectNoLeak(async () => {
      const bytes = await checkpointAt(2);
      expect(() => decodeTrainer(bytes, 'run', other)).toThrow(ModelFileError);
      expect(() => decodeTrainer(bytes, 'run', other)).toThrow(
        /^run: written by a run with other options/,
      );
      expect(() => decodeTrainer(bytes, 'run', other)).toThrow(message);
    });
  });

  const zeros = (shape: number[]): unknown => ({
    dtype: 'F32',
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  });

  test.each<
    [string, (config: Record<string, unknown>, tensors: Record<string, unknown>) => void, RegExp]
  >([
    [
      'without chains',
      (_, tensors) => delete tensors['chain.fantasy'],
      /tensor chain.fantasy is missing/,
    ],
    [
      'with fewer chains',
      (_, tensors) => (tensors['chain.fantasy'] = zeros([2, 5])),
      /tensor chain.fantasy has shape \[2, 5\], expected \[6, 5\]/,
    ],
    [
      'without a mean',
      (_, tensors) => delete tensors['mean.hidden'],
      /tensor mean.hidden is missing/,
    ],
    [
      'with a mean of another size',
      (_, tensors) => (tensors['mean.activity'] = zeros([3])),
      /tensor mean.activity has shape/,
    ],
    [
      'without a velocity',
      (_, tensors) => delete tensors['velocity.weights'],
      /tensor velocity.weights is missing/,
    ],
    [
      'with a velocity of another shape',
      (_, tensors) => (tensors['velocity.weights'] = zeros([4, 5])),
      /tensor velocity.weights has shape/,
    ],
    [
      'without a weight',
      (_, tensors) => delete tensors['rbm.weights'],
      /tensor rbm.weights is missing/,
    ],
    [
      'with a tensor that nobody knows',
      (_, tensors) => (tensors['velocity.slope'] = zeros([1])),
      /tensor velocity.slope belongs to no run/,
    ],
    ['without a position', (config) => delete config['position'], /no position/],
    [
      'with a negative position',
      (config) => (config['position'] = { step: -1, epoch: 0, batch: 0 }),
      /no position/,
    ],
    [
      'with an option as long as a book, which the message cuts',
      (config) => (config['options'] = { name: 'x'.repeat(5000) }),
      /^.{1,400}$/,
    ],
    [
      'without options',
      (config) => delete config['options'],
      /written by a run with other options/,
    ],
    ['without an RBM', (config) => delete config['rbm'], /not an RBM's configuration/],
  ])('one %s', async (_what, change, message) => {
    await expectNoLeak(async () => {
      const { tensors, metadata } = decodeSafetensors(await checkpointAt(2), 'run');
      const header = JSON.parse(metadata['deepbelief']!) as { config: Record<string, unknown> };
      const changed: Record<string, unknown> = { ...tensors };
      change(header.config, changed);
      const bytes = encodeSafetensors({
        tensors: changed as typeof tensors,
        metadata: { deepbelief: JSON.stringify(header) },
      });
      expect(() => decodeTrainer(bytes, 'run', options)).toThrow(ModelFileError);
      expect(() => decodeTrainer(bytes, 'run', options)).toThrow(message);
      expect(() => decodeTrainer(bytes, 'run', options)).toThrow(/^run: [^\n]*$/);
    });
  });

  test('one whose RBM cannot have been trained with these options', async () => {
    await expectNoLeak(async () => {
      const { tensors, metadata } = decodeSafetensors(await checkpointAt(2), 'run');
      const text = metadata['deepbelief']!.replace(
        '"zeroHiddenBias":false',
        '"zeroHiddenBias":true',
      );
      expect(text).not.toBe(metadata['deepbelief']);
      const bytes = encodeSafetensors({ tensors, metadata: { deepbelief: text } });
      expect(() => decodeTrainer(bytes, 'run', options)).toThrow(ModelFileError);
      expect(() => decodeTrainer(bytes, 'run', options)).toThrow(
        /^run: [^\n]*centering is on but the hidden biases/,
      );
    });
  });

  test('a model is no checkpoint', async () => {
    await expectNoLeak(async () => {
      const rbm = start(binary(), binary());
      const bytes = await encodeRbm(rbm);
      rbm.dispose();
      expect(() => decodeTrainer(bytes, 'model')).toThrow(
        'model: holds a rbm, expected a rbm training checkpoint',
      );
    });
  });

  test('a part of one', async () => {
    await expectNoLeak(async () => {
      const bytes = await checkpointAt(1);
      for (const length of [0, 7, 8, 100, bytes.length - 1]) {
        expect(() => decodeTrainer(bytes.subarray(0, length), 'cut', options)).toThrow(
          SafetensorsError,
        );
      }
    });
  });

  test('options out of range', async () => {
    await expectNoLeak(async () => {
      const bytes = await checkpointAt(1);
      expect(() => decodeTrainer(bytes, 'run', { seed: -1 })).toThrow(/seed is -1/);
    });
  });
});
