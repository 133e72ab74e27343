import { ClassifierTrainer, randomClassifier } from '@deepbelief/dbn';
import { loadMnist } from '@deepbelief/mnist';
import { createRbm, RbmTrainer, type RbmOptions } from '@deepbelief/rbm';
import { hasBinaryStates, unitsFromConfig, usualConfig, type Units } from '@deepbelief/units';
import { tensor1d, tensor2d, type Tensor1D } from '@tensorflow/tfjs-core';
import { SETTINGS, type BenchCase } from './cases.ts';

/** The work that a case measures. */
export interface Subject {
  /**
   * Does a case's unit of work (a step or an epoch) `times` times and waits until it is computed.
   */
  run(times: number): Promise<void>;
  /**
   * What training does now and then: checks that everything is finite, and keeps the last good
   * state.
   */
  check(): Promise<void>;
  dispose(): void;
}

/** Sets up a case on the current backend, through the public API. */
export async function createSubject(plan: BenchCase): Promise<Subject> {
  return plan.kind === 'fine-tuning' ? fineTuning(plan) : preTraining(plan);
}

/** As in the command line's presets and the peers: NReLUs have the mean max(0, x). */
function unitsNamed(type: string): Units {
  return unitsFromConfig(usualConfig(type));
}

async function preTraining(plan: BenchCase): Promise<Subject> {
  const { kind, sizes, visible, batch } = plan;
  const [inputs, outputs] = sizes as readonly [number, number];
  const rbm = createRbm({
    visible: { units: unitsNamed(visible), size: inputs },
    ...hiddenAndConnection(plan, outputs),
    seed: 1,
  });
  const { learningRate, momentum, decay } = SETTINGS;
  const trainer = new RbmTrainer(rbm, {
    learningRate,
    momentum,
    weightDecay: { l2: decay },
    batchSize: batch,
  });
  const data = kind === 'epoch' ? (await loadMnist()).train : undefined;
  const minibatch = tensor2d(states(batch * inputs, visible), [batch, inputs]);
  return {
    async run(times) {
      if (data === undefined) {
        for (let i = 0; i < times; i++) trainer.step(minibatch);
        await finished(rbm.hidden.bias);
      } else {
        for await (const { epoch } of trainer.epochs(data, trainer.position.epoch + times))
          void epoch;
      }
    },
    check: () => trainer.check(),
    dispose() {
      trainer.dispose();
      rbm.dispose();
      minibatch.dispose();
    },
  };
}

function hiddenAndConnection(
  { hidden, convolution }: BenchCase,
  size: number,
): Pick<RbmOptions, 'hidden' | 'connection'> {
  if (convolution === undefined) return { hidden: { units: unitsNamed(hidden), size } };
  const { side, channels, filter, maps } = convolution;
  const units = unitsFromConfig({ type: hidden, width: side - filter + 1, maps, block: 2 });
  const shape = [side, side, channels];
  return {
    hidden: { units, size },
    connection: { type: 'convolutional', shape, filter: [filter, filter], maps },
  };
}

function fineTuning({ sizes, visible, hidden, batch }: BenchCase): Subject {
  const [inputs, classes] = [sizes[0]!, sizes.at(-1)!];
  const layers = sizes.slice(1, -1).map((size) => ({ units: unitsNamed(hidden), size }));
  const classifier = randomClassifier({ inputs, layers, classes });
  const { learningRate, momentum, decay } = SETTINGS;
  const trainer = new ClassifierTrainer(classifier, {
    optimizer: { type: 'sgd', momentum },
    learningRate,
    weightDecay: decay,
    batchSize: batch,
  });
  const minibatch = tensor2d(states(batch * inputs, visible), [batch, inputs]);
  const labels = tensor1d(
    Int32Array.from({ length: batch }, (_, i) => i % classes),
    'int32',
  );
  return {
    async run(times) {
      for (let i = 0; i < times; i++) trainer.step(minibatch, labels);
      await finished(classifier.output.bias);
    },
    check: async () => {},
    dispose() {
      trainer.dispose();
      classifier.dispose();
      minibatch.dispose();
      labels.dispose();
    },
  };
}

/**
 * Waits until everything is computed, because a GPU lags behind. It reads the small bias, because
 * reading weights would take measurable time.
 */
async function finished(bias: Tensor1D): Promise<void> {
  await bias.data();
}

/** Data that a layer with these units could have. */
function states(length: number, type: string): Float32Array {
  const units = unitsNamed(type);
  return Float32Array.from({ length }, (_, i) => {
    const u = (Math.imul(i + 1, 2654435761) >>> 8) / 2 ** 24;
    const normal =
      Math.sqrt(-2 * Math.log(u + 1e-9)) * Math.cos(6.283185 * ((i * 0.6180339887) % 1));
    if (hasBinaryStates(units)) return u < 0.3 ? 1 : 0;
    return units.rectified ? Math.max(0, normal) : normal;
  });
}
