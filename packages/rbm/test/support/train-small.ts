import { useBackend, type BackendName } from '@deepbelief/backend';
import { webgpu } from '@deepbelief/backend/webgpu';
import { inMemoryDataset, type Dataset } from '@deepbelief/data';
import { normals, randomKey } from '@deepbelief/random';
import { binary, gaussian, nrelu } from '@deepbelief/units';
import { memory } from '@tensorflow/tfjs-core';
import { createRbm, RbmTrainer, type TrainingOptions } from '../../src/index.ts';
import { parameterTensors } from '../../src/internal.ts';

/** What a run came to, as plain data. */
export interface SmallRun {
  readonly arithmetic: string;
  /** Reconstruction error of each epoch. */
  readonly errors: number[];
  readonly parameters: Record<string, number[]>;
  readonly tensorsLeft: number;
}

const VISIBLE = 24;

/** Examples with three directions of variation. */
export function smallData(size: number): Dataset {
  const factors = normals(randomKey(1), size * 3);
  const directions = normals(randomKey(2), 3 * VISIBLE);
  const values = normals(randomKey(3), size * VISIBLE).map((noise, at) => {
    const [row, i] = [Math.floor(at / VISIBLE), at % VISIBLE];
    const signal = [0, 1, 2].reduce(
      (sum, k) => sum + factors[3 * row + k]! * directions[VISIBLE * k + i]!,
      0,
    );
    return 0.5 * signal + 0.5 * noise;
  });
  return inMemoryDataset({ name: 'small', shape: [VISIBLE], inputs: values });
}

/**
 * Trains Gaussian-NReLU and Gaussian-binary RBMs on a backend: nothing in here needs Node, it runs
 * in browsers too.
 */
export async function trainSmall(backend: BackendName, epochs: number): Promise<SmallRun[]> {
  const { arithmetic } = await useBackend({ backend, webgpu });
  const runs: SmallRun[] = [];
  for (const units of [nrelu(), binary()]) {
    const before = memory().numTensors;
    const rbm = createRbm({
      visible: { units: gaussian(), size: VISIBLE },
      hidden: { units, size: 17 },
      seed: 4,
    });
    const options: TrainingOptions = {
      learningRate: 0.03,
      momentum: 0.9,
      weightDecay: { l2: 0.001 },
      batchSize: 20,
    };
    const trainer = new RbmTrainer(rbm, options);
    const errors: number[] = [];
    for await (const { reconstructionError } of trainer.epochs(smallData(90), epochs))
      errors.push(reconstructionError!);
    const parameters: Record<string, number[]> = {};
    for (const [name, tensor] of Object.entries(parameterTensors(rbm)))
      parameters[name] = [...(await tensor.data())];
    trainer.dispose();
    rbm.dispose();
    runs.push({ arithmetic, errors, parameters, tensorsLeft: memory().numTensors - before });
  }
  return runs;
}

/** `trainSmall` as a page calls it. */
export async function run([backend, epochs]: [BackendName, number]): Promise<SmallRun[]> {
  return trainSmall(backend, epochs);
}
